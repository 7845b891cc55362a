import MartletCore
import Testing

@Suite("What of a job's progress is written")
struct ProgressGaugeTests {
    @Test("a point or ten seconds, whichever comes first, and the end: the writes are counted")
    func writes() {
        var gauge = ProgressGauge(at: 0)
        var written: [Int] = []
        // Half a per mille every ten milliseconds.
        for step in 0..<2_000 {
            if let reading = gauge.report(step / 2, text: "", at: Int64(step) * 10) { written.append(reading.permille) }
        }
        if let reading = gauge.finish(at: 20_000) { written.append(reading.permille) }
        #expect(written.count == 100, "10, 20, … 990, and the end")
        #expect(written == written.sorted() && written.last == 999)
        #expect(gauge.finish(at: 20_001) == nil)
    }

    @Test("slow progress is written every ten seconds, and nothing where nothing changes")
    func slow() {
        var gauge = ProgressGauge(at: 0)
        #expect(gauge.report(1, text: "a", at: 9_999) == nil)
        #expect(gauge.report(1, text: "a", at: 10_000)?.permille == 1)
        #expect(gauge.report(1, text: "a", at: 30_000) == nil)
        #expect(gauge.report(1, text: "b", at: 30_000)?.text == "b")
        #expect(gauge.report(2, text: "b", at: 39_999) == nil)
    }

    @Test("never backwards; after a takeover the greater of both, and that it repeats")
    func takeover() {
        var gauge = ProgressGauge(reached: 500, at: 0)
        #expect(gauge.report(20, text: "r", at: 1) == .init(permille: 500, isRepeating: true, text: "r"))
        #expect(gauge.report(10, text: "r", at: 20_000) == nil, "a smaller one is ignored")
        #expect(gauge.report(499, text: "r", at: 20_001) == nil, "it shows the same")
        #expect(gauge.report(510, text: "r", at: 20_002) == .init(permille: 510, isRepeating: false, text: "r"))
        #expect(gauge.report(5_000, text: "r", at: 20_003)?.permille == 1_000)
        var odd = ProgressGauge(reached: -7, at: 0)
        #expect(odd.report(-3, text: "", at: 0) == nil && odd.reading.permille == 0)
    }
}
