import MartletCore
import MartletHTTPServer

/// The OpenAPI 3.1 document of a list of endpoints. Pure: the same list gives the same bytes.
public enum OpenAPIDocument {
    /// Makes the document.
    public static func make(_ endpoints: [Endpoint]) -> JSONValue {
        var components = OpenAPIComponents()
        var paths: [(path: String, members: [JSONValue.Member])] = []
        let order: [HTTPMethod] = [.get, .post, .put, .patch, .delete]
        let sorted = endpoints.enumerated().sorted { left, right in
            let (a, b) = (left.element, right.element)
            if a.path.description != b.path.description { return a.path.description < b.path.description }
            return order.firstIndex(of: a.method) ?? 9 < order.firstIndex(of: b.method) ?? 9
        }
        for (_, endpoint) in sorted {
            let operation = OpenAPIOperation(endpoint).value(&components)
            let member = JSONValue.Member(endpoint.method.name.lowercased(), operation)
            if paths.last?.path == endpoint.path.description {
                paths[paths.count - 1].members.append(member)
            } else {
                paths.append((endpoint.path.description, [member]))
            }
        }
        return .object([
            JSONValue.Member("openapi", .string("3.1.0")),
            JSONValue.Member("info", info),
            JSONValue.Member("servers", .array([.object([JSONValue.Member("url", .string("/"))])])),
            JSONValue.Member("tags", .array(tags(endpoints))),
            JSONValue.Member("paths", .object(paths.map { JSONValue.Member($0.path, .object($0.members)) })),
            JSONValue.Member("components", components.value),
        ])
    }

    private static let info = JSONValue.object([
        JSONValue.Member("title", .string("Martlet")),
        JSONValue.Member(
            "description",
            .string(
                "Cloud security posture: accounts, scans, findings, resources, compliance. JSON:API 1.1; work that takes "
                    + "time is answered with 202 and a task to poll.")),
        JSONValue.Member("version", .string("v1")),
        JSONValue.Member(
            "license",
            .object([
                JSONValue.Member("name", .string("Apache-2.0")), JSONValue.Member("identifier", .string("Apache-2.0")),
            ])),
    ])

    private static func tags(_ endpoints: [Endpoint]) -> [JSONValue] {
        Set(endpoints.map(\.tag)).sorted().map { .object([JSONValue.Member("name", .string($0))]) }
    }
}
