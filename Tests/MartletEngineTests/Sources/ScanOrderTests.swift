import MartletCore
import Testing

@testable import MartletEngine

@Suite("ScanOrder")
struct ScanOrderTests {
    @Test("every field comes back from the payload")
    func roundTrip() throws {
        var order = ScanOrder(source: "external:prowler")
        order.filters = ScanFilters(
            checks: ["a", "b", "a"], services: ["s3"], regions: ["r"], severities: [.high, .high, .low])
        order.scope = .full
        order.isStrict = true
        order.isHistory = true
        #expect(order.filters.checks == ["a", "b"] && order.filters.severities == [.high, .low])
        #expect(try ScanOrder(payload: order.payload, version: 2) == order)
        let plain = ScanOrder(source: "file:/x")
        #expect(try ScanOrder(payload: plain.payload, version: ScanOrder.version) == plain)
        #expect(plain.filters.isEmpty && !order.filters.isEmpty)
    }

    @Test("a payload of version 1 is still read; one of a newer program is refused")
    func versions() throws {
        let old = #"{"source":"file:/x","scope":"observed","strict":true,"history":false}"#
        let order = try ScanOrder(payload: old, version: 1)
        #expect(order.filePath == "/x" && order.scope == .observed && order.isStrict && order.filters.isEmpty)
        let error = #expect(throws: MartletError.self) { try ScanOrder(payload: old, version: 3) }
        #expect(error?.code == .usage)
    }

    @Test(
        "limits that are not understood are an error, not left out",
        arguments: [
            #"{"checks":[]}"#, #"{"checks":"a"}"#, #"{"tags":["a"]}"#, #"{"severities":["worst"]}"#, #"{"checks":[1]}"#,
            "3",
        ])
    func unknown(filters: String) {
        let payload = #"{"source":"external:x","filters":"# + filters + "}"
        #expect(throws: MartletError.self) { try ScanOrder(payload: payload, version: 2) }
    }

    @Test("a source is a file or external, never both or empty")
    func sources() {
        #expect(ScanOrder(source: "external:x").externalName == "x" && ScanOrder(source: "external:x").filePath == nil)
        for source in ["external:", "file:", "", "x"] {
            let order = ScanOrder(source: source)
            #expect(order.externalName == nil && order.filePath == nil)
        }
    }
}
