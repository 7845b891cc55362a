import Foundation
import MartletProgram
import Testing

/// A store with one published scan, at which bad input is thrown.
struct BadInput {
    let store: TestStore
    private let before: Posture
    private static let commands = [["accounts"], ["findings"], ["frameworks", "list"], ["mute", "list"]]

    init() throws {
        store = TestStore(folder: try Folder())
        let file = try store.folder.write(Self.line() + "\n", "published.ndjson")
        try store.succeed(["import", file, "-q"])
        before = try Posture.exact(store, Self.commands)
    }

    /// A finding that can be used, as one line; `replacing` changes its text.
    static func line(
        _ statement: CommandLineScan.Statement = CommandLineScan.Statement(), replacing text: String = "",
        by other: String = ""
    ) throws -> String {
        let line = try CommandLineScan(statements: [statement]).ndjson().trimmingCharacters(in: .newlines)
        guard !text.isEmpty else { return line }
        try #require(line.contains(text), "\(text) is not in the finding")
        return line.replacingOccurrences(of: text, with: other)
    }

    /// Writes bytes to a file of the folder.
    func write(_ bytes: Data, _ name: String) throws -> String {
        let file = store.folder.path(name)
        try bytes.write(to: URL(fileURLWithPath: file))
        return file
    }

    /// The run fails with these words in its message, says nothing on standard output and changes nothing.
    func expectFailure(
        _ arguments: [String], _ words: [String], input: RunningProcess.Input = .nothing, _ name: String = "",
        at place: SourceLocation = #_sourceLocation
    ) throws {
        let result = try store.run(arguments, input: input)
        #expect(result.code == 1, "\(name): \(result.errors)", sourceLocation: place)
        guard result.code == 1 else { return }
        #expect(result.output.isEmpty, "\(name): \(result.output)", sourceLocation: place)
        #expect(result.errors.hasPrefix("martlet: "), "\(name): \(result.errors)", sourceLocation: place)
        for word in words {
            #expect(result.errors.contains(word), "\(name): \(result.errors)", sourceLocation: place)
        }
        let after = try Posture.exact(store, Self.commands)
        let isAsBefore = after == before
        #expect(isAsBefore, "\(name): \(after.difference(from: before))", sourceLocation: place)
    }

    /// The store with what is published, to try something that succeeds.
    func copy() throws -> TestStore { TestStore(folder: try Folder(copyingStoreOf: store.folder.url)) }
}
