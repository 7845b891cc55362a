import MartletHTTPServer
import Testing

@testable import MartletServer

@Suite struct RouterTests {
    static func endpoint(_ method: HTTPMethod, _ path: PathPattern) -> Endpoint {
        Endpoint(
            method, path, operation: "\(method)_\(path)", tag: "T", summary: "", access: .open,
            responses: [ResponseSpec(200, .none)]
        ) { _ in HTTPResponse(status: 200) }
    }

    let router = Router([
        endpoint(.get, "/a"), endpoint(.post, "/a"), endpoint(.get, "/a/{id}"), endpoint(.get, "/a/latest"),
        endpoint(.delete, "/a/{id}/b/{other}"), endpoint(.get, "/a/latest/c"),
    ])

    func found(_ method: HTTPMethod, _ path: String) -> String {
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
        switch router.match(method, segments) {
        case .endpoint(let endpoint, let values):
            let sorted = values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            return ([endpoint.operation] + sorted).joined(separator: " ")
        case .otherMethod(let allowed): return allowed.map(\.name).joined(separator: ",")
        case .none: return "none"
        }
    }

    @Test func literalsGoBeforeParameters() {
        #expect(found(.get, "/a/latest") == "GET_/a/latest")
        #expect(found(.get, "/a/7") == "GET_/a/{id} id=7")
        #expect(found(.delete, "/a/latest/b/9") == "DELETE_/a/{id}/b/{other} id=latest other=9")
        #expect(found(.head, "/a/7") == "GET_/a/{id} id=7")
    }

    @Test func othersAreRefused() {
        #expect(found(.put, "/a") == "GET,HEAD,POST,OPTIONS")
        #expect(found(.get, "/a/7/b/1") == "DELETE,OPTIONS")
        for path in ["/", "/b", "/a/", "/a//b/1", "/a/7/b", "/a/latest/c/d", "//a"] {
            #expect(found(.get, path) == "none")
        }
    }
}
