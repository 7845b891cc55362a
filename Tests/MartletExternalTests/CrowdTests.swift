import Foundation
import MartletCore
import Testing

@testable import MartletEngine

@Suite struct CrowdTests {
    @Test func twentyAtOnceDoNotMix() async throws {
        let place = try Place()
        let runs = try (0..<20).map { try place.run(place.source("sleep 0.2; echo \($0); exec 1>&-; sleep 0.1")) }
        let texts = try await withThrowingTaskGroup(of: (Int, String).self) { group in
            for (index, run) in runs.enumerated() { group.addTask { (index, try await place.perform(run).text) } }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        #expect(texts == Dictionary(uniqueKeysWithValues: (0..<20).map { ($0, "\($0)\n") }))
        #expect(place.remains == [] && place.processes == [])
    }

    @Test func cancelAtAnyMomentLeavesNothing() async throws {
        let place = try Place()
        let before = Self.descriptors
        let run = try place.run(place.source("(sleep 600 &) ; echo '[]'; sleep 0.02"), grace: .milliseconds(20))
        for round in 0..<60 {
            let task = Task { await place.failure(run) }
            try await Task.sleep(for: .microseconds(Int.random(in: 0...60_000)))
            task.cancel()
            let error = await task.value
            #expect(error == nil || error?.code == .cancelled, "round \(round)")
        }
        #expect(place.remains == [] && place.processes == [])
        // Other tests run beside this one and have descriptors too; a leak would be one or more a round.
        #expect(Self.descriptors < before + 40)
    }

    @Test func noZombiesRemain() async throws {
        let place = try Place()
        let mark = place.mark
        for _ in 0..<5 { try await place.perform(place.run(place.source("sleep 0 & echo '[]'"))) }
        // Guardians are children of this process; those of tests beside this one come and go.
        try await place.wait { Self.zombies.isEmpty }
        #expect(place.mark == mark && place.processes == [])
    }

    private static var descriptors: Int {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []).count
    }

    private static var zombies: [String] {
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
        let children = tasks.flatMap { task -> [String] in
            let text = (try? String(contentsOfFile: "/proc/self/task/\(task)/children", encoding: .utf8)) ?? ""
            return text.split(separator: " ").map(String.init)
        }
        return children.filter { child in
            let state = (try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)) ?? ""
            return state.split(separator: ")").last?.hasPrefix(" Z") == true
        }
    }
}
