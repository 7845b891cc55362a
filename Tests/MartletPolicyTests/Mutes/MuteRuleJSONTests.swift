import MartletCore
import MartletPolicy
import Testing

@Suite struct MuteRuleJSONTests {
    @Test func roundTrip() throws {
        let full = MuteRule(
            id: "7", accounts: ["1"], checks: ["c*"], regions: ["r"], resources: ["a", "b"], tags: ["k=v|k=w"],
            exceptions: MuteExceptions(accounts: ["2"], regions: ["q"], resources: ["z"], tags: ["x=y"]),
            reason: "known", owner: "me", expiresAt: Timestamp(milliseconds: -5), origin: .mutelist)
        #expect(try MuteRule(json: full.json) == full)
        let small = MuteRule(id: "8", reason: "why")
        #expect(try MuteRule(json: small.json) == small)
        #expect(
            small.json
                == .object([
                    .init("id", .string("8")), .init("reason", .string("why")), .init("origin", .string("cli")),
                ]))
    }

    @Test(
        "What is refused, and where",
        arguments: [
            (.null, ""), (.object([.init("id", .int(1))]), "/id"),
            (.object([.init("id", .string("1")), .init("checks", .string("a"))]), "/checks"),
            (.object([.init("id", .string("1")), .init("tags", .array([.string("a"), .null]))]), "/tags/1"),
            (.object([.init("colour", .string("red"))]), "/colour"),
            (.object([.init("origin", .string("x"))]), "/origin"),
            (.object([.init("expires_at", .string("x"))]), "/expires_at"),
            (.object([.init("exceptions", .object([.init("checks", .array([]))]))]), "/exceptions/checks"),
            (.object([.init("id", .string("1")), .init("id", .string("2"))]), ""),
            (.object([.init("id", .string("1"))]), "mute rule 1, reason"),
            (
                .object([
                    .init("id", .string("1")), .init("reason", .string("r")), .init("regions", .array([.string("\\")])),
                ]), "mute rule 1, regions"
            ),
        ] as [(JSONValue, String)])
    func refusals(json: JSONValue, place: String) {
        let error = #expect(throws: MartletError.self) { try MuteRule(json: json) }
        #expect(error?.place == place)
    }
}
