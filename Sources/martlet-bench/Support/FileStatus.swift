import Glibc

/// What the file system tells of a file.
enum FileStatus {
    /// The size of a file, 0 when there is none.
    static func size(of path: String) -> Int {
        var info = stat()
        return stat(path, &info) == 0 ? Int(info.st_size) : 0
    }

    /// When a file was last written, in nanoseconds since 1970; 0 when there is none.
    static func lastWritten(_ path: String) -> Int {
        var info = stat()
        return stat(path, &info) == 0 ? info.st_mtim.tv_sec * 1_000_000_000 + info.st_mtim.tv_nsec : 0
    }
}
