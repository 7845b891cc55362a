import Glibc
import MartletCore
import Synchronization
import Testing

@testable import MartletFormats

/// Elements that are too long take no memory and no more than their own place.
@Suite(.serialized) struct MemoryTests {
    static func residentBytes() throws -> Int {
        let file = try #require(fopen("/proc/self/statm", "r"))
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        try #require(fgets(&line, 128, file) != nil)
        let words = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self).split(separator: " ")
        return try #require(Int(words[1])) * 4096
    }

    static func threadCount() throws -> Int {
        let directory = try #require(opendir("/proc/self/task"))
        defer { closedir(directory) }
        var count = 0
        while readdir(directory) != nil { count += 1 }
        return count
    }

    @Test(arguments: [("{\"a\":\"", "\"}"), ("{\"a\":\"", ""), ("", "")])
    func aLineOfOneGigabyte(start: String, end: String) async throws {
        let before = try Self.residentBytes()
        let during = Mutex(0)
        let good = Fixture.finding()
        let source = FloodSource(
            start: good + "\n" + start, filler: "x", count: 1 << 30, end: end + "\n" + good + "\n" + good,
            atEnd: { during.withLock { $0 = (try? Self.residentBytes()) ?? .max } })
        let outcome = try await Fixture.drain(ScanFileReader(source: source, name: "f", options: .init()))
        #expect(outcome.error == nil)
        #expect(outcome.findings.count == 3)
        #expect(outcome.rejections.map(\.place) == ["f: line 2"])
        #expect(outcome.rejections.first?.message.contains("longer than 16777216 bytes") == true)
        // Other tests run at the same time, hence the margin; the line alone would be twice as much.
        #expect(during.withLock { $0 } > 0)
        #expect(during.withLock { $0 } - before < 512 << 20)
    }

    @Test(arguments: ["\\", "x", "\"", "[", "{", " "])
    func anElementOf17MiB(filler: Character) async throws {
        let good = Fixture.finding()
        // Closes what each filler opens; an even number of backslashes or quotes leaves the text open or closed as before.
        let inText = filler == "\\" || filler == "x"
        let count = 17 << 20
        let closing = filler == "[" ? "]" : filler == "{" ? "}" : ""
        let end = inText ? "\"}" : closing.isEmpty ? "0}" : ""
        let bytes =
            Array("[\(good),{\"a\":\(inText ? "\"" : "")".utf8)
            + [UInt8](repeating: filler.asciiValue ?? 0, count: count)
            + [UInt8](repeating: closing.utf8.first ?? 0, count: closing.isEmpty ? 0 : count)
            + Array("\(end)\(closing.isEmpty ? "" : "}"),\(good)]".utf8)
        let outcome = try await Fixture.read(bytes)
        #expect(outcome.error == nil)
        #expect(outcome.findings.count == 2)
        #expect(outcome.rejections.map(\.place) == ["f: element 2"])
    }

    @Test func anElementJustBelowTheLimitIsRead() async throws {
        let long = String(repeating: "y", count: 15 << 20)
        let text = Fixture.finding(("Door 7 stands open.", long))
        let outcome = try await Fixture.read("[" + text + "," + Fixture.finding() + "]")
        #expect(outcome.findings.map(\.detail.utf8.count) == [15 << 20, 19])
    }

    @Test func limitsAreOptions() async throws {
        let text = [Fixture.finding(), Fixture.finding(("Door 7 stands open.", String(repeating: "z", count: 4000)))]
        for whole in [text.joined(separator: "\n"), "[" + text.joined(separator: ",") + "]"] {
            let outcome = try await Fixture.read(whole, ReadingOptions(maximumElementBytes: 3000, name: "f"))
            #expect(outcome.findings.count == 1)
            #expect(outcome.rejections.map(\.message) == ["the element is longer than 3000 bytes"])
        }
    }

    @Test func manyRejectionsAreSpreadOverBatches() async throws {
        let reader = try ScanFileReader(
            bytes: Array(("{}\n" + String(repeating: "x\n", count: 9999)).utf8),
            options: ReadingOptions(batchSize: 1000))
        var count = 0
        while let batch = try await reader.next() {
            #expect(batch.rejections.count <= 1000)
            count += batch.rejections.count
        }
        #expect(count == 10_000)
    }
}
