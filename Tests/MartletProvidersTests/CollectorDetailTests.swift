import MartletCore
import Testing

@testable import MartletProviders

/// What is kept of an item as the metadata of its resource.
@Suite struct CollectorDetailTests {
    private let scope: CollectedScope
    private let children: [String: CollectedAnswer]

    init() throws {
        var scope = CollectedScope(variables: ["subscription": "s"])
        scope.item = try JSONValue.parse(
            #"{"properties":{"tls":"TLS1_2","none":null,"list":["a"],"empty":""},"attributes":{"enabled":false,"exp":7}}"#
        )
        self.scope = scope
        children = [
            "key": .document(try JSONValue.parse(#"{"key":{"kty":"RSA","n":"AQAB"}}"#)),
            "configurations": .document(
                try JSONValue.parse(
                    #"[{"name":"a","properties":{"value":"1"}},{"name":"tls_version","properties":{"value":"TLSv1.2"}}]"#
                )),
            "broken": .failed("call"), "nothing": .document(.null),
        ]
    }

    @Test(
        arguments: [
            ("properties.tls", JSONValue.string("TLS1_2")), ("attributes.enabled", .bool(false)),
            ("attributes.exp", .int(7)),
            ("properties.none", nil), ("properties.list", nil), ("properties.empty", nil), ("properties.missing", nil),
            ("children.key.key.kty", .string("RSA")), ("bits(children.key.key.n)", .int(17)),
            ("bits(children.key.key.kty)", .int(15)), ("bits(properties.none)", nil),
            ("entry(children.configurations, tls_version)", .string("TLSv1.2")),
            ("entry(children.configurations,a)", .string("1")), ("entry(children.configurations, b)", nil),
            ("entry(properties.tls, a)", nil), ("children.broken.x", nil), ("children.nothing.x", nil),
            ("children.absent.x", nil),
        ] as [(String, JSONValue?)])
    func values(text: String, expected: JSONValue?) throws {
        let detail = try #require(CollectorDetail(name: "n", text: text))
        #expect(detail.value(of: scope, children) == expected)
    }

    /// Moduli as key vaults give them: of 2,048 and 3,072 bits, with and without padding and leading zeroes.
    @Test(
        arguments: [
            (String(repeating: "_", count: 341) + "w", 2048), (String(repeating: "_", count: 512), 3072),
            ("AA" + String(repeating: "_", count: 10), 60), ("gA==", 8), ("AQ", 1), ("AA", 0),
        ] as [(String, Int64)])
    func sizes(number: String, bits: Int64) throws {
        let detail = try #require(CollectorDetail(name: "n", text: "bits(n)"))
        var scope = CollectedScope(variables: [:])
        scope.item = .object([.init("n", .string(number))])
        #expect(detail.value(of: scope, [:]) == .int(bits))
        scope.item = .object([.init("n", .string("not base64url!"))])
        #expect(detail.value(of: scope, [:]) == nil)
    }

    @Test(arguments: ["", "a..b", "bits()", "bits(a", "entry(a)", "size(a)", "a b", "bits(bits(a))"])
    func whatIsNoDetail(text: String) { #expect(CollectorDetail(name: "n", text: text) == nil) }
}
