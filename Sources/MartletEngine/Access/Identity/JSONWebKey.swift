import COpenSSL
import MartletCore

/// A public key of an identity provider (RFC 7517): RSA of 2048 to 8192 bits, P-256, or Ed25519.
struct JSONWebKey: Sendable, Hashable {
    /// The algorithms of signatures that are taken (RFC 7518, section 3.1; RFC 8037), each with its kind of key.
    enum Algorithm: String, Sendable, Hashable, CaseIterable {
        case rs256 = "RS256"
        case es256 = "ES256"
        case edDSA = "EdDSA"
    }

    /// The key's name; nil where it has none.
    let id: String?
    /// The one algorithm that it is for.
    let algorithm: Algorithm
    /// A SubjectPublicKeyInfo (RFC 5280) in DER.
    private let encoded: [UInt8]

    /// Reads a key; nil for one that cannot check signatures here.
    init?(json: JSONValue) {
        guard json["use"]?.stringValue ?? "sig" == "sig" else { return nil }
        switch json["kty"]?.stringValue {
        case "RSA":
            guard let modulus = Self.bytes(json["n"]), let exponent = Self.bytes(json["e"]),
                (256...1024).contains(modulus.drop(while: { $0 == 0 }).count), (1...8).contains(exponent.count)
            else { return nil }
            algorithm = .rs256
            encoded = Self.rsa(modulus, exponent)
        case "EC":
            guard json["crv"]?.stringValue == "P-256", let x = Self.bytes(json["x"]), let y = Self.bytes(json["y"]),
                x.count == 32, y.count == 32
            else { return nil }
            algorithm = .es256
            encoded = Self.curve(x, y)
        case "OKP":
            guard json["crv"]?.stringValue == "Ed25519", let x = Self.bytes(json["x"]), x.count == 32 else {
                return nil
            }
            algorithm = .edDSA
            encoded = DERWriter.sequence(
                DERWriter.sequence(DERWriter.identifier([0x2B, 0x65, 0x70])), DERWriter.bitString(x))
        default: return nil
        }
        guard json["alg"]?.stringValue ?? algorithm.rawValue == algorithm.rawValue else { return nil }
        id = json["kid"]?.stringValue
    }

    /// Whether a signature is that of the message by this key.
    func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        let form = algorithm == .es256 ? Self.derSignature(signature) : signature
        guard let form, let key = publicKey() else { return false }
        defer { EVP_PKEY_free(key) }
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        let digest = algorithm == .edDSA ? nil : EVP_sha256()
        return EVP_DigestVerifyInit(context, nil, digest, nil, key) == 1
            && EVP_DigestVerify(context, form, form.count, message, message.count) == 1
    }

    /// OpenSSL's form of the key, which it checks (a point must be on its curve).
    private func publicKey() -> OpaquePointer? {
        encoded.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            return d2i_PUBKEY(nil, &start, buffer.count)
        }
    }

    private static func rsa(_ modulus: [UInt8], _ exponent: [UInt8]) -> [UInt8] {
        let algorithm = DERWriter.sequence(
            DERWriter.identifier([0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]), DERWriter.null)
        let key = DERWriter.sequence(DERWriter.integer(modulus), DERWriter.integer(exponent))
        return DERWriter.sequence(algorithm, DERWriter.bitString(key))
    }

    private static func curve(_ x: [UInt8], _ y: [UInt8]) -> [UInt8] {
        let algorithm = DERWriter.sequence(
            DERWriter.identifier([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]),
            DERWriter.identifier([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]))
        return DERWriter.sequence(algorithm, DERWriter.bitString([0x04] + x + y))
    }

    /// The two halves of a signature as OpenSSL wants them; nil for one of another length.
    private static func derSignature(_ signature: [UInt8]) -> [UInt8]? {
        guard signature.count == 64 else { return nil }
        return DERWriter.sequence(DERWriter.integer(signature.prefix(32)), DERWriter.integer(signature.suffix(32)))
    }

    private static func bytes(_ value: JSONValue?) -> [UInt8]? { value?.stringValue.flatMap { Base64URL.decode($0) } }
}
