import MartletCore
import MartletReference
import Testing

@testable import MartletEngine

@Suite("JoinedSource")
struct JoinedSourceTests {
    private static func part(
        _ statements: [Statement], bytes: Int?, scanner: String = "prowler"
    ) -> JoinedSource.Part {
        JoinedSource.Part(source: MemorySource(statements, at: 1, batch: 1, scanner: scanner), bytes: bytes, name: "n")
    }

    @Test("sources are read one after the other, and bytes go on")
    func order() async throws {
        let source = JoinedSource([
            Self.part([Statement(uid: "a"), Statement(uid: "b")], bytes: 10), Self.part([], bytes: 5),
            Self.part([Statement(uid: "c")], bytes: nil),
        ])
        var uids: [String] = []
        var bytes: [Int] = []
        while let batch = try await source.next() {
            uids += batch.findings.map(\.resource.uid)
            bytes.append(batch.bytesRead)
        }
        #expect(uids == ["a", "b", "c"] && bytes == [0, 0, 10, 15])
        #expect(await source.scanner == "prowler")
        let end = try await source.next()
        #expect(end == nil)
    }

    @Test("files by different scanners are refused")
    func scanners() async throws {
        let source = JoinedSource([
            Self.part([Statement(uid: "a")], bytes: 1), Self.part([Statement(uid: "b")], bytes: 1, scanner: "other"),
        ])
        _ = try await source.next()
        let error = await expectError(.invalidInput) { while try await source.next() != nil {} }
        #expect(error?.place == "n")
    }
}
