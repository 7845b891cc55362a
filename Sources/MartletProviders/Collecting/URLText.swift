/// Writes text into URLs.
enum URLText {
    private static let unreserved = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~".utf8)
    private static let inPaths = unreserved.union("/:@!$&'()*+,;=".utf8)
    private static let inLiterals = inPaths.union("?%[]".utf8)

    /// A piece of a URL as a definition writes it: only what no URL may contain is encoded.
    static func literal(_ text: String) -> String { encoded(text, keeping: inLiterals) }

    /// A value from elsewhere as part of a path: it cannot begin a query or a fragment.
    static func value(_ text: String) -> String { encoded(text, keeping: inPaths) }

    /// A value of a form or of a query.
    static func component(_ text: String) -> String { encoded(text, keeping: unreserved) }

    /// A body of the type `application/x-www-form-urlencoded`.
    static func form(_ fields: [(String, String)]) -> [UInt8] {
        Array(fields.map { "\(component($0))=\(component($1))" }.joined(separator: "&").utf8)
    }

    private static func encoded(_ text: String, keeping kept: Set<UInt8>) -> String {
        if text.utf8.allSatisfy(kept.contains) { return text }
        var bytes: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8 {
            if kept.contains(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
