import Foundation
import Testing

/// Runs the built program.
enum Binary {
    /// What a run left behind.
    struct Result {
        var code: Int32
        var output: String
        var errors: String

        /// The output's lines, the last empty one left out.
        var lines: [String] { output.split(separator: "\n").map(String.init) }
    }

    /// `MARTLET_BINARY`, else the program beside the test bundle.
    static var path: String {
        get throws {
            if let path = ProcessInfo.processInfo.environment["MARTLET_BINARY"] { return path }
            var candidates = [CommandLine.arguments[0], Bundle.main.bundlePath, Bundle.main.executablePath ?? ""]
            candidates += Bundle.allBundles.map(\.bundlePath)
            for candidate in candidates where !candidate.isEmpty {
                var folder = URL(fileURLWithPath: candidate)
                for _ in 0..<3 {
                    let path = folder.appendingPathComponent("martlet").path
                    var isFolder: ObjCBool = false
                    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue {
                        return path
                    }
                    folder.deleteLastPathComponent()
                }
            }
            throw NoBinary()
        }
    }

    struct NoBinary: Error {}

    /// Runs the program to its end. Output goes to files, so that no pipe can fill up.
    static func run(
        _ arguments: [String], environment: [String: String] = [:], input: Data? = nil, in folder: Folder
    ) throws -> Result {
        let name = UUID().uuidString
        let outputFile = folder.path("out-" + name)
        let errorFile = folder.path("err-" + name)
        for file in [outputFile, errorFile] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try path)
        process.arguments = arguments
        process.environment = base(folder).merging(environment) { _, new in new }
        let output = try #require(FileHandle(forWritingAtPath: outputFile))
        let errors = try #require(FileHandle(forWritingAtPath: errorFile))
        process.standardOutput = output
        process.standardError = errors
        if let input {
            let inputFile = folder.path("in-" + name)
            try input.write(to: URL(fileURLWithPath: inputFile))
            process.standardInput = FileHandle(forReadingAtPath: inputFile)
        } else {
            process.standardInput = FileHandle.nullDevice
        }
        try process.run()
        process.waitUntilExit()
        return Result(
            code: process.terminationReason == .uncaughtSignal ? -process.terminationStatus : process.terminationStatus,
            output: try String(contentsOfFile: outputFile, encoding: .utf8),
            errors: try String(contentsOfFile: errorFile, encoding: .utf8))
    }

    /// An environment in which nothing of the user's matters, but coverage is still collected.
    static func base(_ folder: Folder) -> [String: String] {
        var result = ["HOME": folder.url.path, "MARTLET_HOME": folder.path("home"), "PATH": "/usr/bin:/bin"]
        for name in ["LLVM_PROFILE_FILE", "LD_LIBRARY_PATH"] {
            result[name] = ProcessInfo.processInfo.environment[name]
        }
        return result
    }
}
