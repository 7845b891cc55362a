import MartletCore
import MartletPolicy
import MartletReference
import Testing

@testable import MartletEngine
@testable import MartletStore

/// What can still be read reads as before, at every moment of pruning.
@Suite("Retention: histories")
struct RetentionHistoryTests {
    @Test(
        "after every batch, scans from the horizon on read as before", arguments: [61, 62, 63] as [UInt64], [1, 2, 4])
    func batches(seed: UInt64, keep: Int) async throws {
        try await TestStore.with { test in
            let estate = try await RetainedEstate(test, seed: seed, scans: 6)
            let kept = estate.scans.suffix(keep)
            let before = try await estate.view(estate.scans).only(kept)
            let untouched = try await estate.untouched()
            let retention = Retention(store: test.store, batchSize: 6)
            try await retention.setRule(RetentionRule(keepScans: Int64(keep)))
            let planned = try #require(try await retention.plan().accounts.first)
            #expect(planned.forgotten == 6 - keep && planned.oldest?.id == kept.first)
            var removed: [PrunableTable: Int] = [:]
            var batches = 0
            // A crash after any batch: the process is gone, and a new one begins.
            while batches < 300 {
                let part = try await retention.prune(try await estate.account(), budget: 6)
                removed.merge(part.removed) { $0 + $1 }
                batches += 1
                try await estate.view(kept).expectEqual(before, "seed \(seed), after batch \(batches)")
                if part.state == .done { break }
                #expect(part.state == .partial)
            }
            #expect(batches > (keep > 2 ? 1 : 5) && batches < 300)
            #expect(removed == planned.removed)
            for table in [PrunableTable.findings, .resources, .complianceRows, .findingMutes, .scanCoverage] {
                #expect(removed[table] ?? 0 > 0 || keep > 2, "\(table) was not tried")
            }
            PostureDump.expectEqual(try await estate.untouched(), untouched, "other accounts")
            let account = try await estate.account()
            #expect(account.pruned == account.horizon)
            for scan in estate.scans.dropLast(keep) {
                let error = await expectError(.notFound) { _ = try await test.findings(at: scan) }
                #expect(error?.message.contains(kept.first ?? "?") == true)
                await expectError(.notFound) { _ = try await estate.view([scan, estate.scans[5]]) }
            }
        }
    }

    /// The other tenant has no rule, and the neighbour keeps its newest scans.
    @Test("a whole run touches the tenant alone and leaves nothing to do", arguments: [64, 65] as [UInt64])
    func run(seed: UInt64) async throws {
        try await TestStore.with { test in
            let estate = try await RetainedEstate(test, seed: seed, scans: 5)
            let other = try await estate.other()
            let scans = try await other.read { try $0.scans().map(\.id) }.reversed()
            let before = try await HistoryView(scans, frameworks: [], other)
            let kept = estate.scans.suffix(2)
            let own = try await estate.view(estate.scans).only(kept)
            let retention = Retention(store: test.store)
            try await retention.setRule(RetentionRule(keepScans: 2))
            let report = try await retention.run()
            #expect(report.accounts.map(\.state) == [.done, .done])
            #expect(report.accounts.map(\.forgotten) == [3, 1])
            try await estate.view(kept).expectEqual(own, "own")
            try await HistoryView(scans, frameworks: [], other).expectEqual(before, "other tenant")
            let again = try await retention.run()
            #expect(again.accounts.allSatisfy { $0.removed.isEmpty && $0.forgotten == 0 && $0.state == .done })
            #expect(again.checkTexts == 0 && again.frameworks == 0)
            #expect(try await retention.plan().accounts.allSatisfy { $0.removed.isEmpty })
            // Rows of tags, which have no end of their own, name the versions that are left.
            let stray = try await test.store.database.read { connection in
                var versions: Set<[Int64]> = []
                try connection.query("SELECT tenant, account, resource, opened_in FROM resources") { row in
                    versions.insert((0..<4).map(row.int))
                }
                var stray = 0
                try connection.query("SELECT tenant, account, opened_in, resources FROM resource_tags") { row in
                    for resource in ResourceTags.numbers(row.bytes(3)) {
                        if !versions.contains([row.int(0), row.int(1), resource, row.int(2)]) { stray += 1 }
                    }
                }
                return stray
            }
            #expect(stray == 0)
        }
    }

    @Test("scans after pruning end where they would have without it", arguments: [66, 67, 68] as [UInt64])
    func goesOn(seed: UInt64) async throws {
        let estate = RandomEstate(seed: seed, scans: 8)
        var views: [ScanView] = []
        for keep in [nil, 1] as [Int64?] {
            try await TestStore.with { test in
                try await EstateFrameworks.add(to: test)
                try await test.administration.addMute(MuteRule(id: "m", checks: ["c1"], reason: "r"))
                try await Retention(store: test.store).setRule(RetentionRule(keepScans: keep))
                var last = ""
                for (number, statements) in estate.scans.enumerated() {
                    last = try await test.run(statements, at: Int64(number), batch: 9).scan.id
                }
                let name = last
                var view = try await test.store.read {
                    try ScanView(name, frameworks: RetainedEstate.frameworks, $0)
                }
                // What was gone before the horizon is new when it comes back, and its past is not known.
                view.deltas = [:]
                for index in view.findings.indices {
                    view.findings[index].delta = .unchanged
                    view.findings[index].scan = ""
                    view.findings[index].firstSeenAt = Timestamp(milliseconds: 0)
                    view.findings[index].failingSince = nil
                }
                for index in view.resources.indices {
                    view.resources[index].firstSeenAt = Timestamp(milliseconds: 0)
                    view.resources[index].updatedAt = Timestamp(milliseconds: 0)
                }
                views.append(view)
            }
        }
        #expect(views[0] == views[1])
    }
}
