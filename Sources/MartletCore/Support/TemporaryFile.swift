import Glibc

/// A new file that only this user may read, closed in children.
public struct TemporaryFile: Sendable {
    /// Open for reading and writing; the caller's to close.
    public let descriptor: Int32
    /// Where it is; the caller's to remove.
    public let path: String

    /// Where temporary files go: `TMPDIR`, or `/tmp`.
    public static var folder: String {
        getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    }

    /// Makes a file in ``folder`` whose name begins with a prefix.
    ///
    /// - Throws: ``MartletError`` `io` where none can be made.
    public init(prefix: String) throws(MartletError) {
        var template = Array("\(Self.folder)/\(prefix)XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0, fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else {
            throw MartletError(
                .io, "No temporary file can be made (\(String(cString: strerror(errno)))); see TMPDIR.",
                place: Self.folder)
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
