import CSodium
import MartletCore

/// Hashes of secrets that are random and long: those of API keys and invitations. They need no salt and no slow function,
/// as there is nothing to guess.
enum SecretHash {
    /// BLAKE2b with 32 bytes, under a name that keeps hashes of different things apart.
    static func of(_ secret: String, for purpose: String) -> [UInt8] {
        of(Array(secret.utf8), for: purpose)
    }

    static func of(_ secret: [UInt8], for purpose: String) -> [UInt8] {
        let key = Array("martlet \(purpose)".utf8)
        var hash = [UInt8](repeating: 0, count: 32)
        _ = crypto_generichash(&hash, hash.count, secret, UInt64(secret.count), key, key.count)
        return hash
    }

    /// Compares in a time that does not depend on where they differ.
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && sodium_memcmp(left, right, left.count) == 0
    }
}
