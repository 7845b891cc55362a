import MartletCore
import MartletEngine
import MartletStore

extension Session {
    func showRetention() async throws -> ExitCode {
        let row = try await withStore(create: false) { store in try await store.read { try $0.retention() } }
        return try print(row)
    }

    func setRetention() async throws -> ExitCode {
        let range = 1...Int(RetentionRule.maximum)
        let rule = RetentionRule(
            keepScans: try arguments.integer("scans", in: range).map(Int64.init),
            keepDays: try arguments.integer("days", in: range).map(Int64.init))
        guard !rule.keepsEverything else {
            throw MartletError(.usage, "say what to keep: --scans, --days or both; retention clear keeps everything")
        }
        return try await change(to: rule, create: true)
    }

    func clearRetention() async throws -> ExitCode { try await change(to: RetentionRule(), create: false) }

    func runRetention() async throws -> ExitCode {
        let isPlan = arguments.has("dry-run")
        let report = try await withStore(create: false) { store in
            let retention = Retention(store: store)
            guard !isPlan else { return try await retention.plan() }
            // The run takes many transactions, of which none decides it.
            let hooks = hooks(AuditNote("run", "retention", "retention"), in: store)
            try await store.database.write { try hooks.after($0) }
            return try await retention.run()
        }
        if let texts = report.checkTexts, let frameworks = report.frameworks, texts + frameworks > 0 {
            log.note(
                "removed, because no scan names them: \(Quantity.count(texts, "check text")), "
                    + Quantity.count(frameworks, "framework"))
        }
        return try print(report.accounts, Listing.retentionRuns, single: false)
    }

    private func change(to rule: RetentionRule, create: Bool) async throws -> ExitCode {
        let note = AuditNote(
            "update", "retention", "retention",
            [
                .init("keep_scans", rule.keepScans.map { .int($0) } ?? .null),
                .init("keep_days", rule.keepDays.map { .int($0) } ?? .null),
            ])
        let row = try await withStore(create: create) { store in
            try await Retention(store: store).setRule(rule, hooks: hooks(note, in: store))
            return try await store.read { try $0.retention() }
        }
        guard format == .table else { return try print(row) }
        log.note("retention keeps \(rule.text)")
        return .success
    }

    private func print(_ row: RetentionRow) throws -> ExitCode {
        // CSV has no room for what is nested.
        if format == .csv {
            let rows = row.accounts.map { RetainedAccount(rule: row.rule, account: $0) }
            return try print(rows, Listing.retained, single: false)
        }
        if format != .table { return try print([row], Listing.retention) }
        let output = OutputStream()
        var details = DetailPrinter()
        details.add("Keeps", row.rule.text)
        try details.print(to: output, terminal: terminal)
        let rows = row.accounts.map { RetainedAccount(rule: row.rule, account: $0) }
        let printer = try ListingPrinter(Listing.retained, format: .table, terminal: terminal, output: output)
        for row in rows { try printer.add(row) }
        try printer.finish()
        return .success
    }
}
