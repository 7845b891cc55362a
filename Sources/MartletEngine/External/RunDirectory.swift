import CProcess
import Glibc
import MartletCore

/// The directory of one run of an external scanner, for its user alone. In it `work` is the scanner's private directory,
/// and `stdout` what it printed.
///
/// As long as a run lasts, its directory is locked; the guardian removes it. What a guardian that was itself killed leaves
/// behind is removed by ``sweep(in:)``.
struct RunDirectory: Sendable {
    private static let prefix = "martlet-run-"

    /// Absolute, links resolved.
    let path: String
    /// Open on the directory and holding the lock.
    let lock: Int32
    /// The scanner's working directory.
    var work: String { path + "/work" }

    /// Makes one. Throws ``MartletError`` (`io`).
    static func make(in parent: String) throws -> RunDirectory {
        guard let resolved = realpath(parent, nil) else { throw failure("found", parent) }
        defer { free(resolved) }
        var template = Array("\(String(cString: resolved))/\(prefix)XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw failure("made", parent) }
        let path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
        let lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0, mkdir(path + "/work", 0o700) == 0 else {
            let error = failure("prepared", parent)
            if lock >= 0 { close(lock) }
            martlet_process_remove(path)
            throw error
        }
        return RunDirectory(path: path, lock: lock)
    }

    /// A new file for standard output; the descriptor is the caller's.
    func openOutput() throws -> Int32 {
        let descriptor = open(path + "/stdout", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_APPEND, 0o600)
        guard descriptor >= 0 else { throw Self.failure("written", path) }
        return descriptor
    }

    /// Removes the directories of runs that are over, which only the death of their guardian leaves behind; gives how
    /// many. Of use when a worker starts.
    static func sweep(in parent: String) -> Int {
        guard let stream = opendir(parent) else { return 0 }
        defer { closedir(stream) }
        var removed = 0
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasPrefix(prefix), removeIfAbandoned("\(parent)/\(name)") { removed += 1 }
        }
        return removed
    }

    // Between making a directory and locking it there is a moment; hence the minute.
    private static func removeIfAbandoned(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_uid == geteuid(), status.st_mtim.tv_sec < time(nil) - 60,
            flock(descriptor, LOCK_EX | LOCK_NB) == 0
        else { return false }
        return martlet_process_remove(path) == 0
    }

    private static func failure(_ what: String, _ parent: String) -> MartletError {
        MartletError(
            .io,
            "the private directory of a scanner cannot be \(what) (\(String(cString: strerror(errno)))): "
                + "the directory for temporary files needs space and must be writable by the worker",
            place: parent)
    }
}
