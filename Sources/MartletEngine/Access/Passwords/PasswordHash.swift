import CSodium
import MartletCore

/// Hashes of passwords: Argon2id by libsodium, in its text form, which carries salt and parameters.
enum PasswordHash {
    /// 64 MiB of memory and two passes, libsodium's choice for logins; above the least that OWASP recommends (19 MiB, 2).
    static let memory = Int(crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE)
    static let passes = UInt64(crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE)

    /// What a password is checked against where there is no user, so that it takes as long: the hash of nothing known.
    static let decoy: String = {
        (try? SecretBytes.random(count: 32)).flatMap { try? make($0) } ?? ""
    }()

    /// Blocks for tens of milliseconds.
    static func make(_ password: SecretBytes) throws -> String {
        guard sodium_init() >= 0 else { throw failure }
        var text = [CChar](repeating: 0, count: Int(crypto_pwhash_strbytes()))
        let result = password.withUnsafeBytes { bytes -> Int32 in
            guard let start = bytes.bindMemory(to: CChar.self).baseAddress else { return -1 }
            return crypto_pwhash_str_alg(
                &text, start, UInt64(bytes.count), passes, memory, crypto_pwhash_ALG_ARGON2ID13)
        }
        guard result == 0 else { throw failure }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether the hash is that of the password. Blocks as ``make(_:)``.
    static func matches(_ hash: String, _ password: SecretBytes) -> Bool {
        guard let text = cString(hash) else { return false }
        return password.withUnsafeBytes { bytes in
            guard let start = bytes.bindMemory(to: CChar.self).baseAddress else { return false }
            return crypto_pwhash_str_verify(text, start, UInt64(bytes.count)) == 0
        }
    }

    /// Whether the hash was made with other parameters than those of today.
    static func isOutdated(_ hash: String) -> Bool {
        guard let text = cString(hash) else { return true }
        return crypto_pwhash_str_needs_rehash(text, passes, memory) != 0
    }

    /// The text in the room that libsodium reads.
    private static func cString(_ hash: String) -> [CChar]? {
        var text = hash.utf8.map { CChar(bitPattern: $0) }
        let size = Int(crypto_pwhash_strbytes())
        guard text.count < size else { return nil }
        text.append(contentsOf: repeatElement(0, count: size - text.count))
        return text
    }

    private static var failure: MartletError {
        MartletError(.limit, "There is no memory for a password's hash; free some and try again.")
    }
}
