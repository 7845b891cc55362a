import Foundation
import MartletTestSupport
import Testing

/// Runs the built program.
package enum Binary {
    /// What a run left behind.
    package struct Result {
        package var code: Int32
        package var output: String
        package var errors: String

        /// The output's lines, the last empty one left out.
        package var lines: [String] { output.split(separator: "\n").map(String.init) }
    }

    /// `MARTLET_BINARY`, else the program beside the test bundle.
    package static var path: String {
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

    package struct NoBinary: Error {}

    /// Runs the program to its end. Output goes to files, so that no pipe can fill up.
    package static func run(
        _ arguments: [String], environment: [String: String] = [:], input: Data? = nil, in folder: Folder
    ) throws -> Result {
        let name = UUID().uuidString
        let outputFile = folder.path("out-" + name)
        let errorFile = folder.path("err-" + name)
        let (output, errors) = (
            try Spawn.file(outputFile, writes: true), try Spawn.file(errorFile, writes: true)
        )
        defer { for descriptor in [output, errors] { close(descriptor) } }
        var given: Int32?
        if let input {
            let inputFile = folder.path("in-" + name)
            try input.write(to: URL(fileURLWithPath: inputFile))
            given = try Spawn.file(inputFile, writes: false)
        }
        defer { if let given { close(given) } }
        let child = try Spawn.start(
            try path, arguments, environment: base(folder).merging(environment) { _, new in new }, input: given,
            output: output, errors: errors)
        return Result(
            code: Spawn.wait(for: child),
            output: try String(contentsOfFile: outputFile, encoding: .utf8),
            errors: try String(contentsOfFile: errorFile, encoding: .utf8))
    }

    /// An environment in which nothing of the user's matters, but coverage is still collected.
    package static func base(_ folder: Folder) -> [String: String] {
        var result = [
            "HOME": folder.url.path, "MARTLET_HOME": folder.path("home"), "PATH": "/usr/bin:/bin",
            "MARTLET_NO_SHIPPED_FRAMEWORKS": "1",
        ]
        for name in ["LLVM_PROFILE_FILE", "LD_LIBRARY_PATH"] {
            result[name] = ProcessInfo.processInfo.environment[name]
        }
        return result
    }
}
