import MartletCore
import Testing

@testable import MartletFormats

/// Whole files: what they are, where their elements end, and when nothing of them may be used.
struct FileStructureTests {
    static let lines = Fixture.findings(20)

    static let wellFormed: [(String, ScanFileFormat)] = [
        (lines.joined(separator: "\n"), .ocsfNDJSON), (lines.joined(separator: "\r\n") + "\r\n", .ocsfNDJSON),
        ("\n\n  " + lines.joined(separator: "\n\n \t\n") + "\n\n", .ocsfNDJSON),
        ("\u{FEFF}" + lines.joined(separator: "\n"), .ocsfNDJSON),
        ("[" + lines.joined(separator: ",") + "]", .ocsfArray),
        ("\u{FEFF} [\r\n    " + lines.joined(separator: "\r\n    ,\r\n") + "\r\n]\r\n", .ocsfArray),
        (lines.map { "{\n   " + $0.dropFirst() }.joined(separator: "\n"), .ocsfNDJSON),
        (lines.map { "{\r\n" + $0.dropFirst() }.joined(), .ocsfNDJSON),
    ]

    @Test(arguments: wellFormed.indices)
    func formsAreEqual(index: Int) async throws {
        let (text, format) = Self.wellFormed[index]
        let expected = try await Fixture.read(Self.lines.joined(separator: "\n")).findings.map(Fixture.summary)
        let outcome = try await Fixture.read(text)
        #expect(outcome.error == nil)
        #expect(outcome.rejections.isEmpty)
        #expect(outcome.format == format)
        #expect(expected.count == 20)
        #expect(outcome.findings.map(Fixture.summary) == expected)
    }

    @Test(arguments: [1, 2, 7, 19, 20, 21, 100_000])
    func batchesOfAnySizeSayTheSame(batchSize: Int) async throws {
        let bad = [Self.lines[0], "{}", Self.lines[1]] + Self.lines[2...]
        let expected = try await Fixture.read(bad.joined(separator: "\n"))
        let outcome = try await Fixture.read(
            bad.joined(separator: "\n"), ReadingOptions(batchSize: batchSize, name: "f"))
        #expect(outcome.findings.map(Fixture.summary) == expected.findings.map(Fixture.summary))
        #expect(outcome.rejections == expected.rejections)
        #expect(outcome.batches == (21 + batchSize - 1) / batchSize)
    }

    @Test(arguments: [1, 2, 3, 5, 64, 1021])
    func piecesOfAnySizeSayTheSame(piece: Int) async throws {
        for (text, _) in Self.wellFormed {
            let reader = try ScanFileReader(
                source: DribblingSource(Array(text.utf8), piece: piece), name: "f", options: ReadingOptions())
            let outcome = try await Fixture.drain(reader)
            #expect(outcome.error == nil)
            #expect(outcome.findings.map(\.resource.uid) == (0..<20).map { "arn:\($0)" })
        }
    }

    @Test(arguments: ["[]", " [ ] ", "\u{FEFF}[\n]\n"])
    func anEmptyArrayIsValid(text: String) async throws {
        let outcome = try await Fixture.read(text)
        #expect(outcome.error == nil)
        #expect(outcome.findings.isEmpty)
        #expect(outcome.format == .ocsfArray)
    }

    @Test(arguments: [
        ("", "f", "empty"), (" \n ", "f", "empty"), ("hello", "f", "not known"), ("<xml/>", "f", "not known"),
        ("a;b;c\n1;2;3", "f", "not known"), ("\u{0}\u{0}", "f", "not known"),
        (String(repeating: " ", count: 70_000), "f", "white space"),
    ])
    func unknownContent(text: String, place: String, message: String) async throws {
        let error = try #require(try await Fixture.read(text).error)
        #expect(error.code == .invalidInput)
        #expect(error.place == place)
        #expect(error.message.contains(message), "\(error.message)")
    }

    @Test func utf16IsNamed() async throws {
        #expect(try await Fixture.read([0xFF, 0xFE, 0x5B, 0x00]).error?.message.contains("UTF-16") == true)
    }

    @Test(arguments: [
        ("[", "the file ends before the array does"), ("[{}", "the file ends before the array does"),
        ("[{},", "the file ends before the array does"), ("[{", "ends inside an element"),
        ("[{\"a\":\"]}", "ends inside an element"), ("[{\"a\":\"\\", "ends inside an element"),
        ("[\"a", "ends inside an element"), ("[1", "ends inside an element"), ("[{}}", "a comma or the end"),
        ("[{} {}]", "a comma or the end"), ("[{},,{}]", "an element of the array was expected"),
        ("[,{}]", "an element of the array was expected"), ("[{},]", "an element of the array was expected"),
        ("[{}] []", "after the end"), ("[{}]x", "after the end"), ("[{}, garbage, {}]", "an element of the array"),
        ("[{}: {}]", "a comma or the end"), ("{\n} x", "an object was expected"),
        ("{\n}\n{\n", "ends inside an object"),
    ])
    func brokenStructureIsFatal(text: String, message: String) async throws {
        let error = try #require(try await Fixture.read(text).error, "\(text)")
        #expect(error.code == .invalidInput)
        #expect(error.message.contains(message), "\(error.message)")
        #expect(error.place?.hasPrefix("f: element ") == true)
    }

    @Test func aTruncatedArrayIsFatalWhereverItIsCut() async throws {
        let whole = Array(("[" + Self.lines[..<2].joined(separator: ",\n") + "]").utf8)
        for length in stride(from: 1, to: whole.count - 1, by: 13) {
            #expect(try await Fixture.read(Array(whole[..<length])).error != nil, "\(length)")
        }
        let cut = try #require(try await Fixture.read(Array(whole[..<(whole.count - 9)])).error)
        #expect(cut.place == "f: element 2, line 2, byte \(whole.count - 9)")
        #expect(cut.message.contains("nothing of the file can be used"))
    }

    @Test func aFailureStays() async throws {
        let reader = try ScanFileReader(bytes: Array(("[" + Self.lines[0] + ",").utf8), options: .init(batchSize: 1))
        #expect(try await reader.next()?.findings.count == 1)
        await #expect(throws: MartletError.self) { try await reader.next() }
        await #expect(throws: MartletError.self) { try await reader.next() }
    }

    @Test func aCutOffLastLineIsARejection() async throws {
        let outcome = try await Fixture.read(Self.lines[0] + "\n" + Self.lines[1].dropLast(5))
        #expect(outcome.error == nil)
        #expect(outcome.findings.count == 1)
        #expect(outcome.rejections.map(\.place) == ["f: line 2"])
    }

    @Test(arguments: ["1", "\"x,]\\\"\"", "null", "[[1],2]", "-1e3"])
    func elementsThatAreNoObjects(element: String) async throws {
        let outcome = try await Fixture.read("[\(element), \(Self.lines[0]) ,\(element)]")
        #expect(outcome.error == nil)
        #expect(outcome.findings.count == 1)
        #expect(outcome.rejections.map(\.place) == ["f: element 1", "f: element 3"])
        #expect(outcome.rejections.allSatisfy { $0.message.contains("expected an object") })
    }

    @Test func filesAndDirectories() async throws {
        let missing = try await Fixture.drain(ScanFileReader(path: "/nonexistent/findings.json"))
        #expect(missing.error?.code == .notFound)
        #expect(missing.error?.place == "/nonexistent/findings.json")
        let directory = try await Fixture.drain(ScanFileReader(path: "/"))
        #expect(directory.error?.code == .io)
        let empty = try ScanFileReader(path: "/dev/null")
        #expect(empty.sizeInBytes == nil)
        #expect(try await Fixture.drain(empty).error?.message == "the file is empty")
    }

    @Test func cancellationIsSeen() async throws {
        let reader = try ScanFileReader(
            source: FloodSource(start: "[", filler: " ", count: .max / 2, end: ""), name: "f", options: .init())
        let task = Task { try await reader.next() }
        try await Task.sleep(for: .milliseconds(50))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
