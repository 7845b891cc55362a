import Glibc
import MartletCore

/// Finds programs as a shell would, but once, so that what was found is what runs.
enum ExecutablePath {
    /// Where programs are when the worker has no PATH.
    static let usual = "/usr/local/bin:/usr/bin:/bin"

    /// The absolute path of a program.
    ///
    /// - Parameters:
    ///   - program: A name without `/`, or an absolute path.
    ///   - path: Directories separated by `:`; those that are not absolute are passed over.
    /// - Throws: ``MartletError`` (`external_missing`).
    static func find(_ program: String, path: String) throws -> String {
        let candidates =
            program.hasPrefix("/")
            ? [program] : path.split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/\(program)" }
        if let found = candidates.first(where: isExecutable) { return found }
        let shown = ChildLogText.visible(String(program.prefix(200)))
        throw MartletError(
            .externalMissing,
            program.hasPrefix("/")
                ? "the program \(shown) is not there or may not be executed by the worker"
                : "the program \(shown) is in none of the directories of PATH; install it for the worker, or give its "
                    + "absolute path in the source's command")
    }

    private static func isExecutable(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }
}
