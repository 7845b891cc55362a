import MartletSimulation
import Testing

@Suite("All states of a small scope of the queue", .serialized)
struct SmallSearchTests {
    @Test("In no state is a property broken, and from each an end is reachable", arguments: SmallBounds.small)
    func holds(_ bounds: SmallBounds) async {
        let report = await SmallSearch(bounds: bounds).run()
        print("simulation: \(bounds): \(report.states) states, \(report.steps) steps, depth \(report.depth)")
        #expect(report.violation == nil, "\(report.path)")
        #expect(report.isComplete)
        #expect(report.ends > 0)
        #expect(report.states > 5_000)
    }

    @Test(
        "The search finds the defects that need no clock",
        arguments: [
            Mutant.noProof, .proofByPlainRead, .attemptNumberAsToken, .claimIgnoresLease, .rescueWithoutNewToken,
            .completeWithoutToken, .endWithoutToken, .closingsBeforePublish, .completeAfterPublish, .noUndo,
            .lossCountsAsFailure, .lossesUncounted, .cancelIgnoredAtPublish,
            .handBackKeepsLease, .muteWithoutLock,
        ])
    func finds(_ mutant: Mutant) async throws {
        var report = SmallReport()
        for bounds in SmallBounds.small where report.violation == nil {
            report = await SmallSearch(bounds: bounds, mutant: mutant).run()
        }
        let violation = try #require(report.violation, "nothing noticed \(mutant)")
        #expect(mutant.catchers.contains(violation.property), "\(mutant) broke \(violation)")
        #expect(!report.path.isEmpty)
    }
}
