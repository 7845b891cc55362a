import MartletCore
import MartletPolicy
import MartletStore

/// The attributes of security scores.
enum ScoreShape {
    static let attributes: [Property] = [
        Property("score", .nullable(.number), "0 to 100, rounded down to a tenth; null where nothing is known."),
        Property("state", .choice(SecurityScore.State.allCases.map(\.rawValue)), "Why there is a score, or none."),
        Property(
            "evaluated_percent", .nullable(.number), "How much of what checks should have looked at they looked at."),
        Property("checks", .integer(), "Checks that had something to look at, each account and source by itself."),
        Property("checks_with_gaps", .integer(), "Of these, those that could not look everywhere."),
        Property(
            "severities",
            .map(
                .object([
                    Property("weight", .integer()), Property("passed", .integer()), Property("failed", .integer()),
                    Property("passed_percent", .nullable(.number)),
                ])), "The parts of the sum; muted and MANUAL findings are in none."),
    ]

    static func fill(_ score: SecurityScore, _ resource: inout ResourceWriter) {
        func number(_ name: String, _ value: Double?) {
            resource.attribute(name) { json in if let value { json.double(value) } else { json.null() } }
        }
        number("score", score.value)
        resource.attribute("state", score.state.rawValue)
        number("evaluated_percent", score.evaluated)
        resource.attribute("checks", score.tally.checks)
        resource.attribute("checks_with_gaps", score.tally.blind)
        resource.attribute("severities") { json in
            json.beginObject()
            for severity in Severity.allCases.reversed() {
                let outcome = score.tally.outcomes[severity] ?? .init()
                json.key(severity.name)
                json.beginObject()
                json.field("weight", SeverityWeight.of(severity))
                json.field("passed", outcome.passed)
                json.field("failed", outcome.failed)
                json.key("passed_percent")
                if let rate = outcome.rate { json.double((rate * 1000).rounded(.down) / 10) } else { json.null() }
                json.endObject()
            }
            json.endObject()
        }
    }
}
