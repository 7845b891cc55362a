import Foundation
import MartletCore
import Synchronization
import Testing

@testable import MartletStore

@Suite("What is remembered of postures")
struct PostureCacheTests {
    private struct Broken: Error {}

    private static func key(_ generation: Int64, _ kind: String = "groups") -> PostureCache.Key {
        PostureCache.Key(tenant: 1, account: 1, generation: generation, version: 0, kind: kind)
    }

    @Test("is counted once, however many ask at the same time")
    func once() throws {
        let cache = PostureCache()
        let made = Atomic(0)
        let answers = Mutex([Int64]())
        // Threads of their own, as connections have them: they wait for each other.
        let threads = (0..<8).map { _ in
            Thread {
                let content = try? cache.content(Self.key(1)) { _ in
                    100
                } make: {
                    made.add(1, ordering: .relaxed)
                    usleep(50_000)
                    return .groups([7: 42])
                }
                if case .groups(let groups) = content { answers.withLock { $0.append(groups[7] ?? 0) } }
            }
        }
        for thread in threads { thread.start() }
        while threads.contains(where: { !$0.isFinished }) { usleep(1_000) }
        #expect(made.load(ordering: .relaxed) == 1)
        #expect(answers.withLock { $0 } == Array(repeating: 42, count: 8))
    }

    @Test("is counted again after a failure")
    func failure() throws {
        let cache = PostureCache()
        #expect(throws: Broken.self) {
            try cache.content(Self.key(1)) { _ in
                1
            } make: {
                throw Broken()
            }
        }
        let content = try cache.content(Self.key(1)) { _ in
            1
        } make: {
            .groups([1: 1])
        }
        guard case .groups(let groups) = content else {
            Issue.record("another content")
            return
        }
        #expect(groups == [1: 1])
    }

    @Test("may need what is remembered of another kind")
    func nested() throws {
        let cache = PostureCache()
        let content = try cache.content(Self.key(1, "outer")) { _ in
            1
        } make: {
            try cache.content(Self.key(1, "inner")) { _ in
                1
            } make: {
                .groups([:])
            }
        }
        guard case .groups = content else {
            Issue.record("another content")
            return
        }
    }

    @Test("is bounded, and what was used last stays")
    func bounded() throws {
        let cache = PostureCache(limit: 1 << 20)
        let made = Atomic(0)
        func ask(_ generation: Int64) throws {
            _ = try cache.content(Self.key(generation)) { _ in
                200_000
            } make: {
                made.add(1, ordering: .relaxed)
                return .groups([:])
            }
        }
        for generation in 1...20 as ClosedRange<Int64> {
            try ask(generation)
            #expect(cache.cost <= 1 << 20)
        }
        #expect(made.load(ordering: .relaxed) == 20)
        try ask(20)
        #expect(made.load(ordering: .relaxed) == 20)
        try ask(1)
        #expect(made.load(ordering: .relaxed) == 21)
    }
}
