import CSodium
import MartletCore

/// Texts that nobody can guess.
enum RandomText {
    /// Digits and letters without those that look alike (Crockford's base 32), in lower case.
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// So many characters of 5 random bits each.
    static func make(_ count: Int) -> String {
        _ = sodium_init()
        var bytes = [UInt8](repeating: 0, count: count)
        randombytes_buf(&bytes, count)
        return String(decoding: bytes.map { alphabet[Int($0 & 31)] }, as: UTF8.self)
    }
}
