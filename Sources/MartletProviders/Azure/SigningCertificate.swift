import COpenSSL
import MartletCore

/// A certificate with its private key, to prove an application by (RFC 7523: an assertion signed with RS256).
final class SigningCertificate: @unchecked Sendable {
    // @unchecked Sendable holds because key and thumbprint are not changed after `init`; OpenSSL's signing reads the key.
    private let key: OpaquePointer
    /// SHA-256 of the certificate.
    private let thumbprint: [UInt8]

    /// Seconds that an assertion holds.
    private static let lifetime = 600

    /// Reads PEM. Throws ``MartletError`` (`invalid_input`) without an unencrypted RSA key and a certificate.
    init(pem: SecretText) throws(MartletError) {
        guard let key = Self.read(pem.text, PEM_read_bio_PrivateKey) else {
            throw MartletError(
                .invalidInput, "The file has no unencrypted private key in PEM; it needs key and certificate.",
                place: "--certificate")
        }
        guard EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA else {
            EVP_PKEY_free(key)
            throw MartletError(.invalidInput, "The private key is not of RSA.", place: "--certificate")
        }
        guard let certificate = Self.read(pem.text, PEM_read_bio_X509) else {
            EVP_PKEY_free(key)
            throw MartletError(
                .invalidInput, "The file has no certificate in PEM beside the key.", place: "--certificate")
        }
        defer { X509_free(certificate) }
        var digest = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 32
        guard X509_digest(certificate, EVP_sha256(), &digest, &length) == 1,
            X509_check_private_key(certificate, key) == 1
        else {
            EVP_PKEY_free(key)
            throw MartletError(.invalidInput, "The private key is not that of the certificate.", place: "--certificate")
        }
        self.key = key
        thumbprint = digest
    }

    deinit { EVP_PKEY_free(key) }

    /// A signed assertion that the client is who it says.
    ///
    /// - Parameter now: Seconds since 1970.
    func assertion(client: String, audience: String, now: Int = time(nil)) throws(MartletError) -> String {
        let header = JSONValue.object([
            .init("alg", .string("RS256")), .init("typ", .string("JWT")),
            .init("x5t#S256", .string(Base64URL.encode(thumbprint))),
        ])
        var random = [UInt8](repeating: 0, count: 16)
        guard RAND_bytes(&random, 16) == 1 else { throw Self.failure }
        let claims = JSONValue.object([
            .init("aud", .string(audience)), .init("iss", .string(client)), .init("sub", .string(client)),
            .init("jti", .string(Base64URL.encode(random))), .init("nbf", .int(Int64(now))),
            .init("iat", .int(Int64(now))), .init("exp", .int(Int64(now + Self.lifetime))),
        ])
        let body = Base64URL.encode(Array(header.text.utf8)) + "." + Base64URL.encode(Array(claims.text.utf8))
        return "\(body).\(Base64URL.encode(try signature(of: Array(body.utf8))))"
    }

    private func signature(of bytes: [UInt8]) throws(MartletError) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { throw Self.failure }
        defer { EVP_MD_CTX_free(context) }
        var length = 0
        guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1,
            EVP_DigestSign(context, nil, &length, bytes, bytes.count) == 1
        else { throw Self.failure }
        var signature = [UInt8](repeating: 0, count: length)
        guard EVP_DigestSign(context, &signature, &length, bytes, bytes.count) == 1 else { throw Self.failure }
        return Array(signature.prefix(length))
    }

    private typealias Reader<Object> = (
        OpaquePointer?, UnsafeMutablePointer<Object?>?,
        (
            @convention(c) (
                UnsafeMutablePointer<CChar>?, Int32, Int32, UnsafeMutableRawPointer?
            ) -> Int32
        )?, UnsafeMutableRawPointer?
    ) -> Object?

    private static func read<Object>(_ text: String, _ reader: Reader<Object>) -> Object? {
        let bytes = Array(text.utf8)
        guard let source = BIO_new_mem_buf(bytes, Int32(clamping: bytes.count)) else { return nil }
        defer { BIO_free(source) }
        // An encrypted key must not make OpenSSL ask on the terminal.
        return reader(source, nil, { _, _, _, _ in -1 }, nil)
    }

    private static var failure: MartletError {
        MartletError(.io, "The cryptographic library failed; check that OpenSSL 3 is installed as it should be.")
    }
}
