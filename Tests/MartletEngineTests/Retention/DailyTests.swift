import Foundation
import MartletCore
import MartletPolicy
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

/// A hundred days in a few seconds.
@Suite("Retention: daily scans")
struct DailyTests {
    private static let day: Int64 = 86_400_000
    private static let start: Int64 = 1_700_000_000_000

    /// An estate that changes a little every day: details age, some resources live for a week only, some tags change.
    static func statements(_ day: Int) -> [Statement] {
        (0..<200).map { number in
            Statement(
                check: "c\(number % 5)", regions: ["r\(number % 3)"], uid: "fixed\(number)",
                status: (day + number) % 9 == 0 ? .fail : .pass, detail: number % 4 == 0 ? "\(day) days" : "d",
                tags: [Tag(key: "owner", value: "o\((day + number) / 20 % 7)")], title: "t\(day / 30)")
        }
            + (0..<60).map { number in
                Statement(check: "c\(number % 5)", uid: "pod\((day + number) / 7)-\(number)", detail: "x")
            }
    }

    private struct Size: Sendable {
        var rows: [String: Int64] = [:]
        var bytes: Int = 0
        var total: Int64 { rows.values.reduce(0, +) }
    }

    private func size(_ store: Store) async throws -> Size {
        try await store.database.read { connection in
            var size = Size()
            for table in VersionTables.all + ["check_texts"] {
                size.rows[table] = try connection.first("SELECT COUNT(*) FROM \(table)") { $0.int(0) }
            }
            guard connection.dialect == .sqlite else { return size }
            size.bytes =
                try connection.first("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size") {
                    Int($0.int(0))
                } ?? 0
            return size
        }
    }

    @Test("rows and file stay bounded over 100 days", arguments: [true, false])
    func bounded(byAge: Bool) async throws {
        try await TestStore.with { test in
            try await EstateFrameworks.add(to: test)
            try await test.administration.addMute(MuteRule(id: "m", checks: ["c2"], reason: "r"))
            let rule = byAge ? RetentionRule(keepDays: 7) : RetentionRule(keepScans: 8)
            try await Retention(store: test.store).setRule(rule)
            var sizes: [Int: Size] = [:]
            for day in 0..<100 {
                let now = Self.start + Int64(day) * Self.day
                var importer = Importer(store: test.store)
                importer.retention = Retention(store: test.store) { _ in Timestamp(milliseconds: now) }
                var options = ImportOptions()
                options.scope = .full
                let source = MemorySource(Self.statements(day), at: now)
                _ = try await importer.run(source: source, origin: "t", options: options)
                // The import's own scan counts as published now, which is later than any day of the test.
                try await RetainedEstate.publishAtObservedTimes(test.store)
                let row = try await test.store.read { try $0.retention() }
                #expect(row.accounts.first?.readable == min(day + 1, 8), "day \(day)")
                if day % 20 == 19 { sizes[day] = try await self.size(test.store) }
            }
            let (early, late) = (try #require(sizes[39]), try #require(sizes[99]))
            for (table, rows) in late.rows where rows > 50 {
                #expect(Double(rows) < Double(early.rows[table] ?? 0) * 1.25, "\(table): \(early) then \(late)")
            }
            // The rows of scans stay: less than 1 KiB each.
            #expect(Double(late.bytes) <= Double(early.bytes) * 1.1 + 60 * 1024, "\(early.bytes) then \(late.bytes)")
            let retention = try await test.store.read { try $0.retention() }
            #expect(retention.accounts.first?.scans == 100 && retention.accounts.first?.readable == 8)
        }
    }
}

private enum VersionTables {
    /// Tables of versions and what hangs on them.
    static var all: [String] {
        PrunableTable.allCases.map(\.rawValue).filter { $0 != "scan_coverage" } + ["resource_tags"]
    }
}
