import COpenSSL
import CSodium
import MartletCore

/// A key that seals secrets: 32 random bytes.
public struct SecretKey: Sendable {
    /// Tells keys apart without giving anything of them away: 16 lower-case hexadecimal digits, the first 8 bytes of
    /// HMAC-SHA-256 with the key over a fixed text.
    public let id: String
    let bytes: SecretBytes

    /// The number of bytes of a key.
    public static let size = AES256GCM.keySize

    /// Takes 32 bytes as a key.
    ///
    /// - Throws: ``MartletError`` `secret_key_invalid` for any other number of bytes.
    public init(_ bytes: SecretBytes) throws {
        guard bytes.count == Self.size else {
            throw MartletError(.secretKeyInvalid, "A key has \(Self.size) bytes; `martlet secret key` makes one.")
        }
        self.bytes = bytes
        id = try Self.identify(bytes)
    }

    /// A new key.
    public static func generate() throws -> SecretKey { try SecretKey(.random(count: size)) }

    /// Reads 64 hexadecimal digits, or base64 (RFC 4648, section 4, with padding).
    ///
    /// - Parameter place: What errors give as their place.
    /// - Throws: ``MartletError`` `secret_key_invalid` for anything else.
    public init(text: UnsafeRawBufferPointer, place: String) throws {
        let isHex = text.count == 2 * Self.size
        var isRead = false
        let characters = text.bindMemory(to: CChar.self).baseAddress
        let bytes = try SecretBytes(count: Self.size) { buffer in
            guard let output = buffer.bindMemory(to: UInt8.self).baseAddress, let characters else { return }
            var length = 0
            // Without a place for the end, anything that is left over is refused.
            let code =
                isHex
                ? sodium_hex2bin(output, Self.size, characters, text.count, nil, &length, nil)
                : sodium_base642bin(
                    output, Self.size, characters, text.count, nil, &length, nil, sodium_base64_VARIANT_ORIGINAL)
            isRead = code == 0 && length == Self.size
        }
        guard isRead else {
            throw MartletError(
                .secretKeyInvalid,
                "A key is 64 hexadecimal digits, or 44 characters of base64; `martlet secret key` makes one.",
                place: place)
        }
        try self.init(bytes)
    }

    /// The key in base64: 44 characters.
    public func base64() throws -> SecretBytes {
        let size = sodium_base64_encoded_len(Self.size, sodium_base64_VARIANT_ORIGINAL)
        let text = try SecretBytes(count: size) { buffer in
            bytes.withUnsafeBytes { key in
                guard let output = buffer.bindMemory(to: CChar.self).baseAddress,
                    let key = key.bindMemory(to: UInt8.self).baseAddress
                else { return }
                _ = sodium_bin2base64(output, size, key, Self.size, sodium_base64_VARIANT_ORIGINAL)
            }
        }
        // The last one is C's end of text.
        return try text.part(0..<size - 1)
    }

    private static func identify(_ key: SecretBytes) throws -> String {
        let purpose = Array("martlet secret key id 1".utf8)
        var digest = [UInt8](repeating: 0, count: 32)
        var size: UInt32 = 0
        let isDone = key.withUnsafeBytes { key in
            HMAC(EVP_sha256(), key.baseAddress, Int32(key.count), purpose, purpose.count, &digest, &size) != nil
        }
        guard isDone, size == 32 else { throw MartletError(.io, "The cryptographic library failed.") }
        return SecretKeyID.text(digest.prefix(SecretKeyID.size))
    }
}
