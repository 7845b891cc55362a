import Glibc

/// Goes through a directory that another program may be changing, without following links, in bounded memory.
enum DirectoryWalk {
    /// More entries than this are not looked at.
    static let largestCount = 200_000
    // What is still to be opened, in bytes of paths.
    private static let largestBacklog = 32 << 20

    /// One entry below the directory.
    struct Entry {
        /// Relative to the directory; the bytes that the system knows it by.
        let path: [UInt8]
        let status: stat

        /// Its type, one of `S_IFREG`, `S_IFDIR`, `S_IFLNK`, …
        var type: mode_t { status.st_mode & S_IFMT }
    }

    /// Calls back for every entry, in no order. Gives false when there was more than could be looked at: too many
    /// entries, or paths too long to be opened.
    static func visit(_ root: String, _ body: (Entry) throws -> Void) rethrows -> Bool {
        var open: [[UInt8]] = [[]]
        var count = 0
        var backlog = 0
        while let directory = open.popLast() {
            backlog -= directory.count
            let path = Array(root.utf8) + (directory.isEmpty ? [] : [UInt8(ascii: "/")] + directory) + [0]
            let descriptor = path.withUnsafeBytes { bytes in
                bytes.bindMemory(to: CChar.self).baseAddress.map {
                    Glibc.open($0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                } ?? -1
            }
            guard descriptor >= 0 else {
                if errno == ENAMETOOLONG { return false }
                continue
            }
            guard let stream = fdopendir(descriptor) else {
                close(descriptor)
                continue
            }
            defer { closedir(stream) }
            while let entry = readdir(stream) {
                guard let found = look(at: &entry.pointee.d_name, in: descriptor, directory) else { continue }
                count += 1
                guard count <= largestCount else { return false }
                try body(found)
                guard found.type == S_IFDIR else { continue }
                open.append(found.path)
                backlog += found.path.count
                guard backlog <= largestBacklog else { return false }
            }
        }
        return true
    }

    private static func look<Name>(at name: inout Name, in descriptor: Int32, _ directory: [UInt8]) -> Entry? {
        withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: CChar.self, capacity: 256) { name in
                let bytes = UnsafeRawBufferPointer(start: name, count: strlen(name))
                if bytes.elementsEqual(".".utf8) || bytes.elementsEqual("..".utf8) { return nil }
                var status = stat()
                guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
                let path = directory.isEmpty ? Array(bytes) : directory + [UInt8(ascii: "/")] + bytes
                return Entry(path: path, status: status)
            }
        }
    }
}
