import MartletCore
import MartletPolicy
import Testing

@Suite struct ConfigConstraintTests {
    /// What is expected of a configured value.
    enum Outcome: Sendable { case fine, violated, mismatch }

    @Test(
        arguments: [
            (.atMost, "45", "45", .fine), (.atMost, "45", "44.5", .fine),
            (.atMost, "45", "46", .violated), (.atMost, "45", "45.5", .violated), (.atMost, "45", "\"45\"", .mismatch),
            (.atMost, "45", "true", .mismatch), (.atMost, "45", "[45]", .mismatch),
            (.atMost, "9007199254740992", "9007199254740993", .violated),
            (.atLeast, "365", "365", .fine), (.atLeast, "365", "400", .fine), (.atLeast, "365", "364", .violated),
            (.atLeast, "365", "{}", .mismatch),
            (.equal, "true", "true", .fine), (.equal, "true", "false", .violated), (.equal, "true", "1", .mismatch),
            (.equal, "3", "3.0", .fine), (.equal, "3", "4.5", .violated), (.equal, "\"a\"", "\"b\"", .violated),
            (.equal, "[1,\"a\"]", "[1.0,\"a\"]", .fine), (.equal, "[1]", "[1,2]", .violated),
            (.oneOf, "[\"a\",\"b\"]", "\"b\"", .fine), (.oneOf, "[\"a\"]", "\"c\"", .violated),
            (.oneOf, "[1]", "1.0", .fine), (.oneOf, "[]", "1", .violated),
            (.subset, "[\"a\",\"b\"]", "[\"b\"]", .fine), (.subset, "[\"a\"]", "[]", .fine),
            (.subset, "[\"a\"]", "[\"a\",\"c\"]", .violated), (.subset, "[\"a\"]", "\"a\"", .mismatch),
            (.superset, "[\"a\"]", "[\"a\",\"c\"]", .fine), (.superset, "[\"a\",\"b\"]", "[\"a\"]", .violated),
            (.superset, "[]", "[]", .fine), (.superset, "[\"a\"]", "null", .fine),
            (.superset, "[\"a\"]", "7", .mismatch),
            // A constraint that was not read from a checked file may itself make no sense.
            (.atMost, "\"x\"", "1", .mismatch), (.oneOf, "1", "1", .mismatch),
        ] as [(ConfigConstraint.Operator, String, String, Outcome)])
    func operators(operation: ConfigConstraint.Operator, value: String, configured: String, outcome: Outcome) throws {
        let constraint = ConfigConstraint(
            check: "c", key: "k", operation: operation, value: try JSONValue.parse(value))
        let violation = constraint.violation(in: .object([.init("k", try JSONValue.parse(configured))]))
        switch outcome {
        case .fine: #expect(violation == nil)
        case .violated: #expect(violation?.isTypeMismatch == false)
        case .mismatch: #expect(violation?.isTypeMismatch == true)
        }
    }

    @Test func whatIsNotSetIsFine() {
        let constraint = ConfigConstraint(check: "c", key: "k", operation: .atMost, value: .int(1))
        #expect(constraint.violation(in: nil) == nil)
        #expect(constraint.violation(in: .object([])) == nil)
        #expect(constraint.violation(in: .null) == nil)
        #expect(constraint.violation(in: .object([.init("other", .int(9))])) == nil)
    }

    @Test func explanationsNameCheckKeyAndBothValues() {
        let constraint = ConfigConstraint(check: "c", key: "k", operation: .atMost, value: .int(45))
        let violated = constraint.violation(in: .object([.init("k", .int(90))]))
        #expect(violated?.explanation == "c ran with k = 90, but the requirement needs at most 45.")
        let mismatch = constraint.violation(in: .object([.init("k", .string("x"))]))
        #expect(
            mismatch?.explanation
                == "c ran with k = \"x\", which cannot be compared: the requirement needs at most 45.")
        let long = constraint.violation(in: .object([.init("k", .string(String(repeating: "y", count: 9999)))]))
        #expect((long?.explanation.count ?? 0) < 300)
    }

    @Test func theFirstViolationForTheProviderCounts() throws {
        let framework = try FrameworkFixtures.load(FrameworkFixtures.universal)
        let config = JSONValue.object([.init("k", .bool(false))])
        let aws = try #require(Provider(name: "aws"))
        let azure = try #require(Provider(name: "azure"))
        let requirement = framework.requirements[0]
        #expect(requirement.configViolation(for: aws, in: config)?.actual == .bool(false))
        #expect(requirement.configViolation(for: azure, in: config) == nil)
        #expect(requirement.configViolation(for: aws, in: .object([.init("k", .bool(true))])) == nil)
    }
}
