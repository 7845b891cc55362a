import CSodium
import MartletCore
import MartletStore

/// A key that signs tokens: Ed25519 (RFC 8032).
struct SigningKey: Sendable {
    /// The `kid` of tokens: 16 hexadecimal digits of a hash of the public key.
    let id: String
    let createdAt: Timestamp
    let publicKey: [UInt8]
    /// The 32 bytes from which the private key follows.
    let seed: SecretBytes
    private let privateKey: SecretBytes

    init(seed: SecretBytes, createdAt: Timestamp) throws {
        guard seed.count == Int(crypto_sign_seedbytes()), sodium_init() >= 0 else {
            throw MartletError(.secretTampered, "A signing key has another size than it should.")
        }
        var publicKey = [UInt8](repeating: 0, count: Int(crypto_sign_publickeybytes()))
        privateKey = try SecretBytes(count: Int(crypto_sign_secretkeybytes())) { output in
            seed.withUnsafeBytes { seed in
                guard let key = output.bindMemory(to: UInt8.self).baseAddress,
                    let seed = seed.bindMemory(to: UInt8.self).baseAddress
                else { return }
                _ = crypto_sign_seed_keypair(&publicKey, key, seed)
            }
        }
        self.seed = seed
        self.publicKey = publicKey
        self.createdAt = createdAt
        id = SecretKeyID.text(SecretHash.of(publicKey, for: "signing key").prefix(SecretKeyID.size))
    }

    static func generate(at time: Timestamp) throws -> SigningKey {
        try SigningKey(seed: .random(count: Int(crypto_sign_seedbytes())), createdAt: time)
    }

    func sign(_ message: [UInt8]) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: Int(crypto_sign_bytes()))
        privateKey.withUnsafeBytes { key in
            guard let key = key.bindMemory(to: UInt8.self).baseAddress else { return }
            _ = crypto_sign_detached(&signature, nil, message, UInt64(message.count), key)
        }
        return signature
    }

    func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        signature.count == Int(crypto_sign_bytes())
            && crypto_sign_verify_detached(signature, message, UInt64(message.count), publicKey) == 0
    }
}

extension SigningKey {
    /// What its sealed bytes are bound to; no tenant has the number 0.
    private static func label(_ id: String) -> SecretLabel { SecretLabel(tenant: 0, name: id, kind: "signing") }

    func sealed(with key: SecretKey) throws -> StoredSigningKey {
        let sealed = try SealedSecret.seal(seed, as: Self.label(id), with: key)
        return StoredSigningKey(id: id, sealed: sealed.bytes, keyID: sealed.keyID, createdAt: createdAt)
    }

    /// Opens a stored key; one that was not sealed by this installation is refused, whoever put it there.
    init(_ stored: StoredSigningKey, keys: SecretKeyRing) throws {
        let seed = try SealedSecret(bytes: stored.sealed).open(as: Self.label(stored.id), with: keys)
        try self.init(seed: seed, createdAt: stored.createdAt)
        guard id == stored.id else {
            throw MartletError(.secretTampered, "A signing key stands under another id than its own.")
        }
    }
}
