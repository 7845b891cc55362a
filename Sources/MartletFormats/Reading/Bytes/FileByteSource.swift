import Glibc
import MartletCore

/// A file or standard input. The file is opened by the first read.
final class FileByteSource: ByteSource {
    let size: Int?
    private(set) var bytesRead = 0
    private let path: String
    private let name: String
    private var descriptor: Int32 = -1

    init(path: String, name: String) {
        self.path = path
        self.name = name
        var status = stat()
        let isRegular = path != "-" && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        size = isRegular ? Int(status.st_size) : nil
    }

    deinit { if descriptor > 0 { close(descriptor) } }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if descriptor < 0 { try openFile() }
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 {
                bytesRead += count
                return count
            }
            if errno != EINTR { throw failure("cannot be read", errno) }
        }
    }

    private func openFile() throws {
        if path == "-" {
            descriptor = STDIN_FILENO
            return
        }
        if path.utf8.contains(0) { throw MartletError(.notFound, "the file's name contains U+0000") }
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 { throw failure("cannot be opened", errno) }
        posix_fadvise(descriptor, 0, 0, Int32(POSIX_FADV_SEQUENTIAL))
    }

    private func failure(_ what: String, _ code: Int32) -> MartletError {
        let reason = String(cString: strerror(code))
        return MartletError(code == ENOENT ? .notFound : .io, "the file \(what): \(reason)", place: name)
    }
}
