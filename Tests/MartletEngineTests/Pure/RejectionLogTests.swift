import MartletCore
import MartletStore
import Testing

@testable import MartletEngine

@Suite("RejectionLog and ScanCounts")
struct RejectionLogTests {
    private func rejection(_ number: Int, check: String = "c") -> Rejection {
        Rejection(place: "line \(number)", field: "status", message: "unknown", check: check)
    }

    @Test("all are counted, the first are kept, every check is known")
    func counts() throws {
        var log = RejectionLog()
        #expect(log.first == nil && log.count == 0 && log.checks.isEmpty)
        for number in 0..<1_000 { try log.add([rejection(number, check: "c\(number % 7)")], strict: false) }
        #expect(log.count == 1_000)
        #expect(log.kept.count == RejectionLog.maximumKept && log.kept.count == 100)
        #expect(log.first == rejection(0, check: "c0") && log.kept.last?.place == "line 99")
        #expect(log.checks == Set((0..<7).map { "c\($0)" }))
        #expect(log.texts.first == "line 0: status: unknown")
        let rest = log.withoutCounts
        #expect(rest.count == 0 && rest.kept.isEmpty && rest.checks == log.checks)
    }

    @Test("with more checks than are kept, none is reliable")
    func manyChecks() throws {
        var log = RejectionLog()
        try log.add((0..<10_000).map { rejection($0, check: "c\($0)") }, strict: false)
        #expect(!log.checks.contains(""))
        try log.add([rejection(0, check: "one more")], strict: false)
        #expect(log.checks.contains("") && log.checks.count == 10_001)
        try log.add([rejection(0, check: "and another")], strict: false)
        #expect(log.checks.count == 10_001)
    }

    @Test("strict: the first is an error with its place")
    func strict() {
        var log = RejectionLog()
        #expect(throws: MartletError(.invalidInput, "status: unknown", place: "line 4")) {
            try log.add([rejection(4), rejection(5)], strict: true)
        }
        #expect(throws: Never.self) { try log.add([], strict: true) }
    }

    @Test("the counts must add up: every one of them weighs")
    func reconcile() throws {
        let became: [WritableKeyPath<ScanCounts, Int64> & Sendable] = [
            \.rejected, \.duplicates, \.new, \.changed, \.updated, \.unchanged, \.returned,
        ]
        try ScanCounts().reconcile()
        for field in became {
            var counts = ScanCounts()
            counts.read = 3
            #expect(throws: MartletError.self) { try counts.reconcile() }
            counts[keyPath: field] = 3
            try counts.reconcile()
            counts[keyPath: field] = 4
            #expect(throws: MartletError.self) { try counts.reconcile() }
        }
        var others = ScanCounts()
        (others.gone, others.resolved, others.reopened, others.muted, others.outside) = (1, 2, 3, 4, 5)
        try others.reconcile()
    }
}
