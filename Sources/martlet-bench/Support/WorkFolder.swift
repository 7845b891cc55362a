import Glibc
import MartletCore

/// A folder of the benchmark's own for stores and files.
struct WorkFolder {
    let path: String

    /// Makes a folder inside `parent`; nil for `TMPDIR` or `/tmp`.
    init(parent: String?) throws {
        let base = parent ?? TemporaryFile.folder
        var template = Array((base + "/martlet-bench-XXXXXX").utf8CString)
        guard let made = mkdtemp(&template) else {
            throw MartletError(.io, String(cString: strerror(errno)), place: base)
        }
        path = String(cString: made)
    }

    /// A file inside the folder.
    func file(_ name: String) -> String { path + "/" + name }

    /// Removes the folder and everything in it; folders inside hold plain files only.
    func remove() { Self.remove(path) }

    private static func remove(_ folder: String) {
        if let stream = opendir(folder) {
            while let entry = readdir(stream) {
                let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                guard name != ".", name != ".." else { continue }
                let path = folder + "/" + name
                if unlink(path) != 0 { remove(path) }
            }
            closedir(stream)
        }
        rmdir(folder)
    }
}
