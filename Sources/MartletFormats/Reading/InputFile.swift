import Glibc
import MartletCore

/// Reads whole files of bounded size, such as frameworks and configurations, and finds files in folders.
public enum InputFile {
    /// The largest file that is read as a whole, in bytes.
    public static let limit = 64 << 20

    /// All bytes of a file, or of standard input for `-`. Throws ``MartletError`` `notFound`, `io` or `limit`.
    public static func read(_ path: String) throws -> [UInt8] {
        guard path != "-" else { return try read(STDIN_FILENO, name: "standard input") }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        return try read(descriptor, name: path)
    }

    /// All bytes up to the end of a descriptor, which stays open. Throws ``MartletError`` `io` or `limit`.
    public static func read(_ descriptor: Int32, name: String) throws -> [UInt8] {
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
                throw MartletError(.limit, "the file is larger than \(limit >> 20) MiB", place: name)
            }
            bytes.append(contentsOf: piece.prefix(count))
        }
    }

    /// The file itself, or for a folder every `.json` file below it, sorted by path. Throws ``MartletError`` `notFound`
    /// for a folder without any, `io`, and `limit` for one that is nested too deep or has too many files.
    public static func jsonFiles(at path: String) throws -> [String] {
        var found: [String] = []
        guard try isFolder(path) else { return [path] }
        try collect(path, depth: 0, into: &found)
        guard !found.isEmpty else { throw MartletError(.notFound, "there is no .json file in the folder", place: path) }
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The part of a path behind the last slash.
    public static func name(of path: String) -> String { String(path.split(separator: "/").last ?? "") }

    private static func isFolder(_ path: String) throws -> Bool {
        var info = stat()
        guard stat(path, &info) == 0 else { throw failure(path) }
        return info.st_mode & S_IFMT == S_IFDIR
    }

    private static func collect(_ folder: String, depth: Int, into found: inout [String]) throws {
        guard depth < 32, found.count < 10_000 else {
            throw MartletError(.limit, "the folder is nested too deep or has too many files", place: folder)
        }
        guard let stream = opendir(folder) else { throw failure(folder) }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard !name.hasPrefix(".") else { continue }
            let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
            // A dangling link in a folder is not the user's word.
            guard let folder = try? isFolder(path) else { continue }
            if folder {
                try collect(path, depth: depth + 1, into: &found)
            } else if name.hasSuffix(".json") {
                found.append(path)
            }
        }
    }

    private static func failure(_ path: String) -> MartletError {
        MartletError(errno == ENOENT ? .notFound : .io, String(cString: strerror(errno)), place: path)
    }
}
