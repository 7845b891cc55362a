import Glibc
import MartletCore

/// Reads small files, such as tokens and certificates.
public enum SmallTextFile {
    /// The text of a file, white space at its ends removed. Throws ``MartletError`` `not_found`, `io` or `invalid_input`
    /// when it is empty, larger than a mebibyte or no text.
    public static func read(_ path: String) throws(MartletError) -> String {
        guard let file = fopen(path, "re") else {
            throw MartletError(errno == ENOENT ? .notFound : .io, String(cString: strerror(errno)), place: path)
        }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        guard ferror(file) == 0 else { throw MartletError(.io, String(cString: strerror(errno)), place: path) }
        guard count < bytes.count, let text = String(validating: bytes[..<count], as: UTF8.self) else {
            throw MartletError(.invalidInput, "it is not a text of less than a mebibyte", place: path)
        }
        let trimmed = text.drop(while: \.isWhitespace)
        guard let last = trimmed.lastIndex(where: { !$0.isWhitespace }) else {
            throw MartletError(.invalidInput, "it is empty", place: path)
        }
        return String(trimmed[...last])
    }
}
