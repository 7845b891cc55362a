import Foundation
import MartletCore

/// Runs a program and waits for it.
public enum Command {
    /// Gives what it printed; throws ``MartletError`` with its errors when it fails.
    @discardableResult
    public static func run(_ program: String, _ arguments: [String], as user: String? = nil) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let drop = user.map { ["setpriv", "--reuid=\($0)", "--regid=\($0)", "--init-groups"] } ?? []
        process.arguments = drop + [program] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        let folder = FileManager.default.temporaryDirectory
        let file = folder.appendingPathComponent("martlet-command-\(UUID().uuidString)")
        // A file and no pipe: a server that is started so keeps the descriptor for ever.
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: file) }
        let output = try FileHandle(forWritingTo: file)
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        guard process.terminationStatus == 0 else {
            throw MartletError(.io, "\(program) failed: \(text)", place: arguments.joined(separator: " "))
        }
        return text
    }
}
