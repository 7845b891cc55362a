import Foundation
import MartletCore
import Testing

/// The benchmark program runs and counts right on a small estate. What it measures is never asserted.
@Suite struct BenchmarkTests {
    private func run(_ arguments: [String], in folder: Folder) throws -> (code: Int32, output: Data) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try Binary.path).deletingLastPathComponent()
            .appendingPathComponent("martlet-bench")
        process.arguments = arguments
        process.environment = Binary.base(folder)
        process.currentDirectoryURL = folder.url
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let file = folder.path("bench-out")
        _ = FileManager.default.createFile(atPath: file, contents: nil)
        process.standardOutput = FileHandle(forWritingAtPath: file)
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, try Data(contentsOf: URL(fileURLWithPath: file)))
    }

    @Test func importOfASmallEstate() throws {
        let folder = try Folder()
        let result = try run(
            ["import", "--findings", "600", "--runs", "1", "--directory", folder.url.path, "-o", "json"], in: folder)
        #expect(result.code == 0)
        let text = String(decoding: result.output, as: UTF8.self)
        #expect(text.contains("600"), "\(text)")
    }

    @Test func complianceOfASmallEstate() throws {
        let folder = try Folder()
        let result = try run(
            [
                "compliance", "--findings", "300", "--regions", "3", "--runs", "1", "--directory", folder.url.path,
                "-o", "json",
            ], in: folder)
        #expect(result.code == 0)
        #expect(!result.output.isEmpty)
    }

    @Test func generatedFindingsAreTheSameEveryTime() throws {
        let folder = try Folder()
        let first = try run(["generate", "--findings", "50", "--regions", "2"], in: folder)
        let second = try run(["generate", "--findings", "50", "--regions", "2"], in: folder)
        #expect(first.code == 0)
        #expect(first.output.split(separator: UInt8(ascii: "\n")).count == 50)
        // Outside the macro: a difference of large values takes it very long to describe.
        let same = first.output == second.output
        #expect(same)
    }
}
