import Foundation
import Testing

@testable import MartletData

@Suite("Data compiled into the program")
struct PackedTextTests {
    @Test("A packed folder comes apart into its files, byte for byte")
    func comesApart() {
        let packed: StaticString = "a/b.yaml\t6\nc.json\t0\nü.json\t4\n\nx: ä\nß\n\n"
        let files = PackedText.files(packed)
        #expect(files.map(\.path) == ["a/b.yaml", "c.json", "ü.json"])
        #expect(files.map(\.text) == ["x: ä\n", "", "ß\n\n"])
        #expect(PackedText.files("").isEmpty)
    }

    @Test("Each folder's files are those of the repository, in the order of their paths")
    func areTheRepositorys() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        for (folder, packed) in [
            ("Checks", MartletData.checks()), ("Collectors", MartletData.collectors()),
            ("frameworks", MartletData.frameworks()),
        ] {
            let found = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)
            let paths = (found?.compactMap { $0 as? String } ?? [])
                .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".json") }
            #expect(packed.map(\.path) == paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
            for file in packed {
                let text = try String(
                    contentsOf: root.appendingPathComponent("\(folder)/\(file.path)"), encoding: .utf8)
                #expect(file.text == text, "\(folder)/\(file.path)")
            }
        }
    }
}
