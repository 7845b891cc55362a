import MartletCore
import MartletPolicy
import MartletStore
import Testing

@testable import MartletEngine

/// Readers that never stop, while scans are published and mutes and frameworks change at the same time.
@Suite("Readers during a hundred publishes")
struct ReadersTests {
    private static let scans = 100
    private static let readers = 3

    @Test("never see parts of two states", arguments: StorePlace.allCases)
    func wholeStates(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let plan = PlannedScans(Self.scans)
            let log = ReaderLog()
            try await EstateFrameworks.add(to: test)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    // Also after a failure: the others wait for the end.
                    defer { log.end() }
                    for (number, statements) in plan.statements.enumerated() {
                        try await test.run(statements, at: PlannedScans.time(number), batch: 45)
                        log.notePublished()
                    }
                }
                group.addTask { try await Self.change(try await test.openAgain(), log) }
                for _ in 0..<Self.readers {
                    group.addTask { try await Self.watch(try await test.openAgain(), plan, log) }
                }
                try await group.waitForAll()
            }
            #expect(log.contradictions.prefix(5) == [])
            // With the mute and without, with both frameworks and with one, over many scans.
            #expect(log.states >= 3 && log.versions > 20 && log.reads > 30)
            let last = try #require(try await ObservedPosture.read(test.store))
            #expect(last.account.published == Int64(Self.scans) && !last.account.pending)
            #expect(last.contradictions(plan) == [])
        }
    }

    /// One change after the other for as long as scans are published, each begun soon after a publish.
    private static func change(_ store: Store, _ log: ReaderLog) async throws {
        let administration = Administration(store: store)
        var last = -2
        var changes = 0
        while !log.isOver {
            guard log.published >= last + 2 else {
                try await Task.sleep(for: .milliseconds(2))
                continue
            }
            last = log.published
            switch changes % 4 {
            case 0: try await administration.addMute(PlannedScans.mute)
            case 1: try await administration.removeFramework("score")
            case 2: try await administration.removeMute(PlannedScans.mute.id)
            default: try await administration.addFrameworks([("score.json", Array(EstateFrameworks.score.utf8))])
            }
            changes += 1
        }
        #expect(changes > 4)
        await store.close()
    }

    /// Reads until the end and once more.
    private static func watch(_ store: Store, _ plan: PlannedScans, _ log: ReaderLog) async throws {
        var last: (published: Int64, version: Int64) = (0, 0)
        var ended = false
        while !ended {
            ended = log.isOver
            guard let seen = try await ObservedPosture.read(store) else { continue }
            var texts = seen.contradictions(plan)
            let now = (published: seen.account.published, version: seen.account.postureVersion)
            if now.published < last.published || now.version < last.version { texts.append("\(now) after \(last)") }
            last = now
            log.note(seen, texts)
        }
        await store.close()
    }
}
