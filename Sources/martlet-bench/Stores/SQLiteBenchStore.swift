import Glibc
import MartletCore

/// A store in a file.
struct SQLiteBenchStore: BenchStore {
    let path: String

    var url: String { "sqlite:" + path }

    init(path: String) { self.path = path }

    init(url: String) throws {
        guard url.hasPrefix("sqlite:"), url.utf8.count > 7 else {
            throw MartletError(.usage, "A store's URL is sqlite:PATH or postgresql://….", place: "--database")
        }
        path = String(url.dropFirst(7))
    }

    func size() -> Int { FileStatus.size(of: path) }

    func mark() -> String { String(FileStatus.lastWritten(path)) }

    func settle() {}

    func tidy() {}

    func remove() {
        for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
    }

    func exists() -> Bool { FileStatus.size(of: path) > 0 }

    func rawBaseline(to target: any BenchStore) throws -> any RawBaseline {
        guard let target = target as? SQLiteBenchStore else { throw RawBaselineError.otherDatabase }
        return try RawCopy(from: path, to: target.path)
    }
}
