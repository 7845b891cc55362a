import MartletCore
import MartletPolicy

extension Listing where Row == CheckLibrary.Entry {
    /// `martlet checks list`.
    static var checks: Listing {
        Listing(
            columns: [
                Column("CHECK", flexible: true, style: { _ in .bold }) { $0.definition.id },
                Column("PROVIDER") { $0.definition.provider.name },
                Column("SERVICE") { $0.definition.service },
                Column("SEVERITY") { $0.definition.severity.name },
                Column("ORIGIN") { $0.origin.rawValue },
                Column("TITLE", flexible: true) { $0.definition.title },
            ],
            fields: [
                ("check", { $0.definition.id }), ("provider", { $0.definition.provider.name }),
                ("service", { $0.definition.service }), ("severity", { $0.definition.severity.name }),
                ("origin", { $0.origin.rawValue }), ("title", { $0.definition.title }),
                ("aliases", { $0.definition.aliases.joined(separator: " ") }),
                ("collector", { $0.definition.resource }),
            ],
            json: { $1.check($0) }, empty: "no checks")
    }
}

extension Listing where Row == CheckLinter.Issue {
    /// `martlet checks lint`.
    static var checkIssues: Listing {
        Listing(
            columns: [
                Column("SEVERITY", style: { $0.severity == .error ? .red : .yellow }) { $0.severity.rawValue },
                Column("PLACE", flexible: true) { $0.place },
                Column("MESSAGE", flexible: true) { $0.message },
            ],
            fields: [
                ("severity", { $0.severity.rawValue }), ("place", { $0.place }), ("message", { $0.message }),
            ],
            json: { issue, json in
                json.field("severity", issue.severity.rawValue)
                json.field("place", issue.place)
                json.field("message", issue.message)
            }, empty: "nothing to report")
    }
}

extension Listing where Row == CheckResult {
    /// `martlet checks test`.
    static var checkResults: Listing {
        Listing(
            columns: [
                Column("CHECK", flexible: true, style: { _ in .bold }) { $0.definition.id },
                Column("EXAMPLES", right: true) { Quantity.grouped($0.proof.examples) },
                Column("PROBLEMS", flexible: true) { $0.proof.problems.map(\.description).joined(separator: "; ") },
            ],
            fields: [
                ("check", { $0.definition.id }), ("examples", { String($0.proof.examples) }),
                ("problems", { $0.proof.problems.map(\.description).joined(separator: "; ") }),
            ],
            json: { result, json in
                json.field("check", result.definition.id)
                json.field("examples", result.proof.examples)
                json.key("problems")
                json.beginArray()
                for problem in result.proof.problems {
                    json.beginObject()
                    json.field("place", problem.place)
                    json.field("example", problem.example)
                    json.field("message", problem.message)
                    json.endObject()
                }
                json.endArray()
            }, empty: "all examples get their verdicts")
    }
}
