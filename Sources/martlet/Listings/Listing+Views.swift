import MartletCore
import MartletPolicy
import MartletStore

/// A row of `martlet score`: an account, or all of them together.
struct ScoreView: Sendable {
    /// Nil for all together.
    var account: AccountKey?
    var scan: String?
    var score: SecurityScore
}

extension Listing where Row == ScoreView {
    /// `martlet score`.
    static var securityScores: Listing {
        Listing(
            columns: [
                Column("ACCOUNT", style: { $0.account == nil ? .bold : .plain }) { $0.account?.description ?? "all" },
                Column("SCORE", right: true, style: { _ in .bold }) { decimal($0.score.value) },
                Column("STATE") { $0.score.state.rawValue },
                Column("EVALUATED", right: true) { $0.score.evaluated.map { decimal($0) + " %" } ?? "-" },
            ] + failed,
            fields: [
                ("account", { $0.account?.uid ?? "" }), ("provider", { $0.account?.provider.name ?? "" }),
                ("scan", { $0.scan ?? "" }), ("score", { $0.score.value.map { decimal($0) } ?? "" }),
                ("state", { $0.score.state.rawValue }),
                ("evaluated_percent", { $0.score.evaluated.map { decimal($0) } ?? "" }),
                ("checks", { String($0.score.tally.checks) }), ("checks_with_gaps", { String($0.score.tally.blind) }),
            ] + counts, json: write, empty: "no accounts")
    }

    /// A column for each severity that counts.
    private static var failed: [Column<ScoreView>] {
        var columns: [Column<ScoreView>] = []
        for severity in Severity.allCases.reversed() where SeverityWeight.of(severity) > 0 {
            columns.append(
                Column(severity.name.uppercased() + " FAIL", right: true) { row in
                    let outcome = row.score.tally.outcomes[severity] ?? .init()
                    return "\(Quantity.grouped(outcome.failed)) of \(Quantity.grouped(outcome.failed + outcome.passed))"
                })
        }
        return columns
    }

    /// Two fields for each severity.
    private static var counts: [(name: String, value: (ScoreView) -> String)] {
        var fields: [(name: String, value: (ScoreView) -> String)] = []
        for severity in Severity.allCases.reversed() {
            fields.append((severity.name + "_passed", { String($0.score.tally.outcomes[severity]?.passed ?? 0) }))
            fields.append((severity.name + "_failed", { String($0.score.tally.outcomes[severity]?.failed ?? 0) }))
        }
        return fields
    }

    private static func decimal(_ value: Double?) -> String { value.map { Quantity.decimal($0, 1) } ?? "-" }

    private static func write(_ row: ScoreView, _ json: inout JSONWriter) {
        func number(_ key: String, _ value: Double?) {
            json.key(key)
            if let value { json.double(value) } else { json.null() }
        }
        json.field("account", row.account?.uid)
        json.field("provider", row.account?.provider.name)
        json.field("scan", row.scan)
        number("score", row.score.value)
        json.field("state", row.score.state.rawValue)
        number("evaluated_percent", row.score.evaluated)
        json.field("checks", row.score.tally.checks)
        json.field("checks_with_gaps", row.score.tally.blind)
        json.key("severities")
        json.beginObject()
        for severity in Severity.allCases.reversed() {
            let outcome = row.score.tally.outcomes[severity] ?? .init()
            json.key(severity.name)
            json.beginObject()
            json.field("weight", SeverityWeight.of(severity))
            json.field("passed", outcome.passed)
            json.field("failed", outcome.failed)
            number("passed_percent", outcome.rate.map { ($0 * 1000).rounded(.down) / 10 })
            json.endObject()
        }
        json.endObject()
    }
}
