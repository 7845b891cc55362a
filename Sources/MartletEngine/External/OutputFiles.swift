import Glibc
import MartletCore
import MartletPolicy

/// Finds what a scanner wrote, after its last process has ended.
enum OutputFiles {
    /// More files than this are not taken.
    static let largestCount = 1000

    /// The files below a directory that match a pattern, as absolute paths in the order of their names' bytes.
    ///
    /// Throws ``MartletError``: `external_no_output` when there is none, when all are empty, and for one that is no plain
    /// file or a link out of the directory; `external_flooded` for one above the limit and for too many.
    static func find(_ pattern: String, in directory: String, limit: Int64) throws -> [String] {
        let parts = try ExternalOutputPlace.parts(of: pattern)
        var names: [String] = []
        let isComplete = try DirectoryWalk.visit(directory) { entry in
            guard entry.type != S_IFDIR, let name = String(validating: entry.path, as: UTF8.self) else { return }
            guard matches(name, parts) else { return }
            names.append(name)
            guard names.count <= largestCount else {
                throw MartletError(.externalFlooded, "the scanner wrote more than \(largestCount) files of output")
            }
        }
        guard isComplete else { throw ChildDisk.flooded }
        names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let files = try names.map { try checked($0, in: directory, limit: limit) }
        guard files.contains(where: { $0.bytes > 0 }) else {
            let shown = ChildLogText.visible(pattern)
            throw MartletError(
                .externalNoOutput,
                files.isEmpty
                    ? "the scanner succeeded but wrote no file that matches \(shown) in its private directory; check "
                        + "the source's output and that its command writes to {output}"
                    : "the scanner succeeded but its files that match \(shown) are empty")
        }
        return files.map(\.path)
    }

    private static func matches(_ name: String, _ parts: [GlobPattern]) -> Bool {
        let levels = name.split(separator: "/", omittingEmptySubsequences: false)
        guard levels.count == parts.count else { return false }
        return zip(levels, parts).allSatisfy { level, part in
            // As a shell has it: what is hidden is not meant by a pattern that does not say so.
            (!level.hasPrefix(".") || part.text.hasPrefix(".")) && part.matches(String(level))
        }
    }

    private static func checked(
        _ name: String, in directory: String, limit: Int64
    ) throws -> (path: String, bytes: Int64) {
        let shown = ChildLogText.visible(name)
        guard let resolved = realpath("\(directory)/\(name)", nil) else { throw unusable(shown) }
        defer { free(resolved) }
        let path = String(cString: resolved)
        var status = stat()
        guard path.hasPrefix(directory + "/"), stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw unusable(shown)
        }
        guard status.st_size <= limit else {
            throw MartletError(
                .externalFlooded,
                "the scanner's file \(shown) is larger than the \(limit) bytes that its source allows as output")
        }
        return (path, Int64(status.st_size))
    }

    private static func unusable(_ shown: String) -> MartletError {
        MartletError(
            .externalNoOutput,
            "the scanner's output \(shown) is not a file in its private directory; links out of it are not followed")
    }
}
