import Glibc
import MartletCore

/// A file that is written from its beginning to its end.
struct OutputFile {
    private let descriptor: Int32
    private let name: String

    /// Writes to a descriptor that someone else closes.
    init(descriptor: Int32) {
        self.descriptor = descriptor
        name = "standard output"
    }

    /// Makes or empties a file; `-` is standard output.
    init(path: String) throws {
        name = path == "-" ? "standard output" : path
        descriptor = path == "-" ? STDOUT_FILENO : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw MartletError(.io, String(cString: strerror(errno)), place: path) }
    }

    func write(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try write($0) } }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest)
            let count = Glibc.write(descriptor, part.baseAddress, part.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw MartletError(.io, String(cString: strerror(errno)), place: name)
            }
            rest = rest.dropFirst(count)
        }
    }

    /// Ends the file; an error that the system kept until now is thrown.
    func close() throws {
        guard descriptor != STDOUT_FILENO, Glibc.close(descriptor) != 0 else { return }
        throw MartletError(.io, String(cString: strerror(errno)), place: name)
    }
}
