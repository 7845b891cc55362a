import MartletCore
import MartletPolicy
import Testing

@Suite struct ComplianceTypesTests {
    @Test func namesAndRanksOfStatuses() {
        let expected = ["FAIL", "ERROR", "INCOMPLETE", "MANUAL", "PASS", "MUTED", "NOT_EVALUATED"]
        #expect(RequirementStatus.allCases.map(\.name) == expected)
        #expect(RequirementStatus.allCases.map(\.rawValue) == Array(0...6))
        for status in RequirementStatus.allCases {
            #expect(RequirementStatus(name: status.name.lowercased()) == status)
        }
        #expect(RequirementStatus(name: "passed") == nil)
    }

    @Test func rollUpOfAllSets() {
        #expect(RequirementStatus.rollUp([]) == .notEvaluated)
        for bits in 1..<128 {
            let set = RequirementStatus.allCases.filter { bits >> $0.rawValue & 1 == 1 }
            #expect(RequirementStatus.rollUp(set.reversed()) == set[0])
        }
    }

    @Test func prowlersRollUpOfAllShortSequences() {
        let statuses: [RequirementStatus] = [.fail, .manual, .pass]
        #expect(ProwlerTerms.rollUp([]) == nil)
        var sequences: [[RequirementStatus]] = [[]]
        for _ in 0..<4 {
            sequences = sequences.flatMap { prefix in statuses.map { prefix + [$0] } }
            for sequence in sequences {
                let expected: RequirementStatus =
                    sequence.contains(.fail) ? .fail : sequence.allSatisfy { $0 == .pass } ? .pass : .manual
                #expect(ProwlerTerms.rollUp(sequence) == expected)
            }
        }
    }

    @Test func coverageSets() {
        var set: CoverageSet = []
        for state in CoverageState.allCases {
            #expect(!set.contains(state))
            set.insert(state)
            #expect(set.contains(state))
        }
        #expect(set.rawValue == 0b111_1111)
        #expect(CoverageSet.evaluated == [CoverageSet(.evaluated), CoverageSet(.noResources)])
    }

    @Test func gridKeepsCellsApart() throws {
        var grid = try TallyGrid(checkCount: 3, regionCount: 4)
        for check in 0..<3 {
            for region in 0..<4 { grid[check: check, region: region].passed = Int32(check * 10 + region) }
        }
        for check in 0..<3 {
            #expect(grid.withRow(check: check) { $0.map(\.passed) } == (0..<4).map { Int32(check * 10 + $0) })
        }
        #expect(grid.totals.count == 3)
    }

    @Test func gridHasALimit() throws {
        #expect(throws: MartletError.self) { try TallyGrid(checkCount: 1 << 20, regionCount: 5) }
        #expect(throws: MartletError.self) { try TallyGrid(checkCount: .max, regionCount: .max) }
        #expect(throws: MartletError.self) { try TallyGrid(checkCount: .max, regionCount: 0) }
        #expect(try TallyGrid(checkCount: -1, regionCount: 4).checkCount == 0)
    }

    @Test func tallyCountsByStatusAndMute() {
        var tally = CheckTally()
        tally.add(.pass, muted: false)
        tally.add(.fail, muted: false, count: 2)
        tally.add(.manual, muted: false, count: 3)
        #expect(!tally.hasMuted)
        tally.add(.pass, muted: true, count: 4)
        tally.add(.fail, muted: true, count: 5)
        tally.add(.manual, muted: true, count: 6)
        #expect(
            tally
                == CheckTally(passed: 1, failed: 2, manual: 3, mutedPassed: 4, mutedFailed: 5, mutedManual: 6))
    }
}
