import Glibc
import MartletCore

/// Reads whole files of the benchmark's own making or the user's frameworks.
enum InputFiles {
    /// The largest file that is read as a whole.
    private static let limit = 64 << 20

    /// All bytes of a file.
    static func read(_ path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        return try read(descriptor, name: path)
    }

    /// All bytes up to the end of a descriptor.
    static func read(_ descriptor: Int32, name: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = piece.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(name)
            }
            guard bytes.count + count <= limit else {
                throw MartletError(.limit, "the file is larger than \(limit) bytes", place: name)
            }
            bytes.append(contentsOf: piece.prefix(count))
        }
    }

    /// The file itself, or for a folder every `.json` file in it and in its folders, sorted.
    static func jsonFiles(at path: String) throws -> [String] {
        guard try isFolder(path) else { return [path] }
        var found: [String] = []
        try collect(path, depth: 0, into: &found)
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

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

    private static func isFolder(_ path: String) throws -> Bool {
        var info = stat()
        guard stat(path, &info) == 0 else { throw failure(path) }
        return info.st_mode & S_IFMT == S_IFDIR
    }

    private static func collect(_ folder: String, depth: Int, into found: inout [String]) throws {
        guard depth < 8, found.count < 10_000 else {
            throw MartletError(.limit, "the folder is nested too deep or has too many files", place: folder)
        }
        guard let stream = opendir(folder) else { throw failure(folder) }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard !name.hasPrefix(".") else { continue }
            let path = folder + "/" + name
            if name.hasSuffix(".json") {
                found.append(path)
            } else if (try? isFolder(path)) == true {
                try collect(path, depth: depth + 1, into: &found)
            }
        }
    }

    private static func failure(_ path: String) -> MartletError {
        MartletError(errno == ENOENT ? .notFound : .io, String(cString: strerror(errno)), place: path)
    }
}
