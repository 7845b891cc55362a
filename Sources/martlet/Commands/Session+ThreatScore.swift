import MartletCore
import MartletStore

extension Session {
    func threatScore() async throws -> ExitCode {
        let filter = accountFilter
        let at = arguments.value("at")
        let framework = arguments.operands.first
        guard format == .table else {
            // One object a line in both: a script that has one account and one framework reads one object.
            _ = try await list({ Listing.scores }, as: format == .json ? .ndjson : format) { reader, printer in
                for row in try reader.scores(filter, framework: framework, at: at) { try printer.add(row) }
                if let framework, printer.count == 0 { try Self.check(framework, reader) }
            }
            return .success
        }
        let rows = try await withStore(create: false) { store in
            try await store.read { reader in
                let rows = try reader.scores(filter, framework: framework, at: at)
                if let framework, rows.isEmpty { try Self.check(framework, reader) }
                return rows
            }
        }
        let output = OutputStream()
        if rows.isEmpty {
            try output.write("no scores; import a scan and add a framework whose requirements carry risk and weight\n")
        }
        for (index, row) in rows.enumerated() {
            if index > 0 { try output.write("\n") }
            try show(row, output)
        }
        try output.flush()
        return .success
    }

    private func show(_ row: ScoreRow, _ output: OutputStream) throws {
        var details = DetailPrinter()
        details.add("Account", row.account.description, style: .bold)
        details.add("Framework", row.framework)
        details.add("Score", row.score.map { Quantity.decimal($0, 2) } ?? "none: nothing was evaluated", style: .bold)
        for member in row.document["sections"]?.objectValue ?? [] {
            details.add("  " + member.key, member.value.doubleValue.map { Quantity.decimal($0, 2) } ?? "-")
        }
        try details.print(to: output, terminal: terminal)
        let ids = Set((row.document["critical"]?.arrayValue ?? []).compactMap(\.stringValue))
        let critical = (row.document["requirements"]?.arrayValue ?? [])
            .filter { ids.contains($0["id"]?.stringValue ?? "") }
            .sorted { Self.lost($0) > Self.lost($1) }
        guard !critical.isEmpty else { return }
        try output.write("\nFAIL with a level of risk of 4 or more, by the points lost:\n")
        let table = TablePrinter(columns: Self.criticalColumns, terminal: terminal, output: output)
        for entry in critical { try table.add(entry) }
        try table.finish()
    }

    private static var criticalColumns: [Column<JSONValue>] {
        [
            Column("REQUIREMENT", style: { _ in .bold }) { text($0, "id") },
            Column("SECTION", flexible: true) { text($0, "section") },
            Column("RISK", right: true) { text($0, "level_of_risk") },
            Column("WEIGHT", right: true) { text($0, "weight") },
            Column("PASSED", right: true) { text($0, "passed") },
            Column("TOTAL", right: true) { text($0, "total") },
            Column("LOST", right: true, style: { _ in .red }) {
                Quantity.decimal(lost($0), 2)
            },
        ]
    }

    /// The points, of 100, that a requirement's FAILs cost.
    private static func lost(_ requirement: JSONValue) -> Double { requirement["lost_points"]?.doubleValue ?? 0 }

    private static func text(_ value: JSONValue, _ key: String) -> String {
        switch value[key] {
        case .string(let text): text
        case .int(let number): String(number)
        case .double(let number): number.description
        default: "-"
        }
    }
}
