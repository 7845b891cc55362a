import Foundation
import MartletCore

/// Runs a program and waits for it.
public enum Command {
    /// Gives what it printed; throws ``MartletError`` with its errors when it fails.
    @discardableResult
    public static func run(
        _ program: String, _ arguments: [String], as user: String? = nil, in folder: String = "/"
    ) throws -> String {
        String(decoding: try output(program, arguments, as: user, in: folder), as: UTF8.self)
    }

    /// The same as bytes.
    ///
    /// - Parameter folder: Where the program works.
    @discardableResult
    public static func output(
        _ program: String, _ arguments: [String], as user: String? = nil, in folder: String = "/"
    ) throws -> Data {
        let drop = user.map { ["setpriv", "--reuid=\($0)", "--regid=\($0)", "--init-groups"] } ?? []
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("martlet-command-\(UUID().uuidString)")
        // A file and no pipe: a server that is started so keeps the descriptor for ever.
        let output = try Spawn.file(file.path, writes: true)
        defer {
            close(output)
            try? FileManager.default.removeItem(at: file)
        }
        let child = try Spawn.start(
            "/usr/bin/env", ["-C", folder] + drop + [program] + arguments, output: output, errors: output)
        let code = Spawn.wait(for: child)
        let data = (try? Data(contentsOf: file)) ?? Data()
        guard code == 0 else {
            let text = String(decoding: data, as: UTF8.self)
            throw MartletError(.io, "\(program) failed: \(text)", place: arguments.joined(separator: " "))
        }
        return data
    }
}
