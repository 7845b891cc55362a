import Glibc
import MartletCore

/// Reads whole files of bounded size, and finds files in folders.
enum InputFile {
    /// The largest file that is read as a whole.
    static let limit = 64 << 20

    /// All bytes of a file, or of standard input for `-`.
    static func read(_ path: String) throws -> [UInt8] {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { if path != "-" { close(descriptor) } }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = piece.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(path)
            }
            guard bytes.count + count <= limit else {
                throw MartletError(.limit, "the file is larger than \(Quantity.bytes(limit))", place: path)
            }
            bytes.append(contentsOf: piece.prefix(count))
        }
    }

    /// The file itself, or for a folder every `.json` file below it, sorted by path.
    static func jsonFiles(at path: String) throws -> [String] {
        var found: [String] = []
        guard try isFolder(path) else { return [path] }
        try collect(path, depth: 0, into: &found)
        guard !found.isEmpty else { throw MartletError(.notFound, "there is no .json file in the folder", place: path) }
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The part of a path behind the last slash.
    static func name(of path: String) -> String { String(path.split(separator: "/").last ?? "") }

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
