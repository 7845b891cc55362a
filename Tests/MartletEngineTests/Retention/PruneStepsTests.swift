import MartletStore
import Testing

@testable import MartletEngine

@Suite("Retention: steps")
struct PruneStepsTests {
    /// Drives the steps over tables with so many rows each; gives the actions.
    private func drive(_ rows: [PrunableTable: Int], batch: Int, budget: Int) -> (PruneSteps, [PruneSteps.Action]) {
        var rows = rows
        var steps = PruneSteps(batchSize: batch, budget: budget)
        var actions: [PruneSteps.Action] = []
        while actions.count < 1_000 {
            let action = steps.next
            actions.append(action)
            guard case .remove(let table, let limit) = action else { break }
            let count = min(rows[table] ?? 0, limit)
            rows[table, default: 0] -= count
            steps.removed(count, of: table, limit: limit)
        }
        return (steps, actions)
    }

    @Test("every table in turn, in batches, then the look whether all is done")
    func all() {
        let (steps, actions) = drive([.findings: 25, .scores: 10], batch: 10, budget: .max)
        #expect(actions.last == .finish)
        #expect(steps.removed == [.findings: 25, .scores: 10])
        // 3 for 25 rows, 2 for 10 (a full batch does not tell that it was the last), 1 for each empty table.
        #expect(actions.count == 3 + 2 + (PrunableTable.allCases.count - 2) + 1)
    }

    @Test("never more rows than the budget, and it is used up", arguments: [1, 9, 10, 11, 34])
    func budget(_ budget: Int) {
        let (steps, actions) = drive([.findings: 25, .scores: 10], batch: 10, budget: budget)
        #expect(actions.last == .stop)
        #expect(steps.removed.values.reduce(0, +) == budget)
    }

    @Test("what another process leaves for a while is looked at a bounded number of times")
    func looks() {
        var steps = PruneSteps(batchSize: 10, budget: 100)
        var looks = 0
        for _ in 0..<100 {
            switch steps.next {
            case .remove(let table, let limit): steps.removed(0, of: table, limit: limit)
            case .finish:
                looks += 1
                steps.found(left: [.resources])
            case .stop:
                #expect(looks == PruneSteps.maximumLooks)
                return
            }
        }
        Issue.record("no end")
    }

    @Test("texts of coverage are large, so that fewer go at a time")
    func coverage() {
        let (_, actions) = drive([.scanCoverage: 90], batch: 2_000, budget: .max)
        let limits = actions.compactMap { action in
            if case .remove(.scanCoverage, let limit) = action { limit } else { nil }
        }
        #expect(limits == [40, 40, 40])
    }
}
