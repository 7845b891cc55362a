import Foundation
import Testing

/// The list of weaknesses is whole, and the tests that it names are there.
struct WeaknessDocumentTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test func everyWeaknessHasItsTests() throws {
        let text = try String(
            contentsOf: Self.root.appendingPathComponent("docs/queue-weaknesses.md"), encoding: .utf8)
        let rows = text.split(separator: "\n").compactMap { line -> (name: String, rest: [Substring])? in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)[...]
            }
            guard cells.count == 6, cells[1].hasPrefix("W") else { return nil }
            return (String(cells[1]), Array(cells[2...4]))
        }
        #expect(rows.map(\.name) == (1...28).map { "W\($0)" })
        for row in rows {
            let tests = row.rest[2].matches(of: /`([A-Za-z]+)\/([A-Za-z]+)\.([A-Za-z]+)`/)
            #expect(!tests.isEmpty, "\(row.name)")
            for test in tests {
                let exists = try Self.hasTest(String(test.1), String(test.2), String(test.3))
                #expect(exists, "\(row.name): there is no \(test.0)")
            }
        }
    }

    /// Whether a suite's file has a function that is a test.
    private static func hasTest(_ target: String, _ suite: String, _ function: String) throws -> Bool {
        let folder = root.appendingPathComponent("Tests/" + target)
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            guard file.lastPathComponent == suite + ".swift" else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            guard let place = text.range(of: "func \(function)(") else { return false }
            return text[..<place.lowerBound].suffix(400).contains("@Test")
        }
        return false
    }
}
