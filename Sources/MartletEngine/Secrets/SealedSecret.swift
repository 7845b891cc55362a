import CSodium
import MartletCore

/// A secret as it is stored: AES-256-GCM under one key of a ring.
///
/// Bytes: 1 for the version of the format (1), 8 for the key's id, 12 for a random nonce, the ciphertext, 16 for the tag.
/// The associated data is version and key id, then the label. Random nonces allow 2^32 secrets under one key (NIST SP
/// 800-38D, section 8.3), which no installation comes near.
public struct SealedSecret: Sendable {
    /// All bytes, as they are stored.
    public let bytes: [UInt8]

    private static let version: UInt8 = 1
    private static let headerSize = 1 + SecretKeyID.size
    private static let overhead = headerSize + AES256GCM.nonceSize + AES256GCM.tagSize

    /// The id of the key that sealed it.
    public var keyID: String { SecretKeyID.text(bytes[1..<Self.headerSize]) }

    /// Takes stored bytes; only their form is looked at.
    ///
    /// - Throws: ``MartletError`` `secret_tampered` when they are too short, or of a version this program does not know.
    public init(bytes: [UInt8]) throws {
        guard bytes.count >= Self.overhead, bytes[0] == Self.version else {
            throw MartletError(
                .secretTampered,
                "It was changed in the database, or sealed by a newer program; set it again.")
        }
        self.bytes = bytes
    }

    /// Seals bytes with a nonce of their own.
    public static func seal(
        _ plaintext: SecretBytes, as label: SecretLabel, with key: SecretKey
    ) throws -> SealedSecret {
        guard let id = SecretKeyID.bytes(key.id) else { throw MartletError(.secretKeyInvalid, "The key has no id.") }
        let header = [version] + id
        var nonce = [UInt8](repeating: 0, count: AES256GCM.nonceSize)
        randombytes_buf(&nonce, nonce.count)
        let sealed = try plaintext.withUnsafeBytes { text in
            try key.bytes.withUnsafeBytes { key in
                try AES256GCM.seal(text, key: key, nonce: nonce, associated: label.associated(header: header))
            }
        }
        return try SealedSecret(bytes: header + nonce + sealed)
    }

    /// Opens it with the key of the ring that sealed it.
    ///
    /// - Throws: ``MartletError`` `secret_key_unknown` when the key is not in the ring, `secret_tampered` when it was changed
    ///   or sealed under another label.
    public func open(as label: SecretLabel, with keys: SecretKeyRing) throws -> SecretBytes {
        guard let key = keys.key(keyID) else {
            throw MartletError(
                .secretKeyUnknown,
                "The secret '\(label.name)' is sealed with key \(keyID), which is not among the keys given "
                    + "(\(keys.keys.map(\.id).joined(separator: ", "))); add that key, or set the secret again.")
        }
        let nonceEnd = Self.headerSize + AES256GCM.nonceSize
        let plaintext = try key.bytes.withUnsafeBytes { key in
            try AES256GCM.open(
                bytes[nonceEnd...], key: key, nonce: Array(bytes[Self.headerSize..<nonceEnd]),
                associated: label.associated(header: bytes[..<Self.headerSize]))
        }
        guard let plaintext else {
            throw MartletError(
                .secretTampered,
                "The secret '\(label.name)' was changed in the database, or moved there from another tenant or name; "
                    + "find out who did it, then set it again.")
        }
        return plaintext
    }
}
