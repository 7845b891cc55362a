import Testing

@testable import MartletHTTPClient

/// Which transfers run and which wait, through all sequences of a small scope.
@Suite struct TransferQueueTests {
    @Test func keepsBoundsAndOrderInEverySequence() {
        // Four moves: a transfer to host a or b comes, one of each ends.
        var sequences = [[Int]()]
        for _ in 0..<7 { sequences = sequences.flatMap { one in (0..<4).map { one + [$0] } } }
        for sequence in sequences { check(sequence) }
    }

    private func check(_ sequence: [Int]) {
        var queue = TransferQueue(perHost: 2, total: 3)
        var running: [String: [UInt64]] = [:]
        var waiting: [String: [UInt64]] = [:]
        for (number, move) in sequence.enumerated() {
            let host = move % 2 == 0 ? "a" : "b"
            if move < 2 {
                queue.add(UInt64(number), host: host)
                waiting[host, default: []].append(UInt64(number))
            } else if running[host]?.isEmpty == false {
                running[host]?.removeFirst()
                queue.end(host: host)
            }
            while let id = queue.next() {
                guard let own = waiting.first(where: { $0.value.contains(id) })?.key else {
                    Issue.record("\(sequence): \(id) did not wait")
                    return
                }
                #expect(waiting[own]?.first == id, "\(sequence)")
                waiting[own]?.removeFirst()
                running[own, default: []].append(id)
            }
            let total = running.values.reduce(0) { $0 + $1.count }
            #expect(total <= 3 && running.values.allSatisfy { $0.count <= 2 }, "\(sequence)")
            let canBegin = waiting.contains { !$0.value.isEmpty && (running[$0.key]?.count ?? 0) < 2 }
            #expect(total == 3 || !canBegin, "\(sequence): a place is left empty")
        }
        #expect(queue.isEmpty == (running.values.allSatisfy(\.isEmpty) && waiting.values.allSatisfy(\.isEmpty)))
    }

    @Test func whatIsWithdrawnDoesNotBegin() {
        var queue = TransferQueue(perHost: 1, total: 1)
        for id in 1...3 as ClosedRange<UInt64> { queue.add(id, host: "a") }
        let first = queue.next()
        let withdrawn = [queue.withdraw(2, host: "a"), queue.withdraw(2, host: "a"), queue.withdraw(9, host: "b")]
        queue.end(host: "a")
        let second = queue.next()
        #expect(first == 1 && second == 3)
        #expect(withdrawn == [true, false, false])
    }
}
