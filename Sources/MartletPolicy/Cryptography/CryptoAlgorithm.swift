/// An algorithm with its parameters, as far as they are known: `RSA-2048`, `EC-P-256`, `ML-DSA-65`.
public struct CryptoAlgorithm: Sendable, Hashable {
    /// What it does, in CycloneDX's words.
    public enum Primitive: String, Sendable, Hashable {
        case signature, kem, pke, mac, unknown
        /// Encrypts and authenticates.
        case ae
    }

    /// The name by which it is listed.
    public let name: String
    /// What it does.
    public let primitive: Primitive
    /// The size or the parameter set, such as `2048`; nil where it is not known or there is none.
    public let parameter: String?
    /// The curve, such as `P-256`; nil for what has none.
    public let curve: String?
    /// Bits of security against today's computers by NIST SP 800-57, of sizes in between the next smaller one's; nil where
    /// it is not known.
    public let classicalLevel: Int?
    /// NIST's category of security against quantum computers, 0 (none) to 6; nil where it is not known.
    public let quantumLevel: Int?
    /// What quantum computers make of it.
    public let readiness: QuantumReadiness

    /// RSA of a size in bits.
    public static func rsa(bits: Int64?) -> CryptoAlgorithm {
        let strength = bits.map { bits -> Int in
            switch bits {
            case ..<1024: 0
            case ..<2048: 80
            case ..<3072: 112
            case ..<7680: 128
            case ..<15360: 192
            default: 256
            }
        }
        return CryptoAlgorithm(
            name: bits.map { "RSA-\($0)" } ?? "RSA", primitive: .pke, parameter: bits.map(String.init), curve: nil,
            classicalLevel: strength, quantumLevel: 0, readiness: (strength ?? 112) < 112 ? .weak : .vulnerable)
    }

    /// An elliptic curve by its name; nil where it is not known.
    public static func curve(_ name: String?) -> CryptoAlgorithm {
        let known: [String: (String, Int)] = [
            "p-256": ("P-256", 128), "secp256r1": ("P-256", 128), "prime256v1": ("P-256", 128),
            "nist-p256": ("P-256", 128),
            "p-384": ("P-384", 192), "secp384r1": ("P-384", 192), "nist-p384": ("P-384", 192),
            "p-521": ("P-521", 256), "secp521r1": ("P-521", 256), "nist-p521": ("P-521", 256),
            "p-256k": ("secp256k1", 128), "secp256k1": ("secp256k1", 128), "secg-p256k1": ("secp256k1", 128),
            "nist-edwards25519": ("Ed25519", 128), "ed25519": ("Ed25519", 128),
        ]
        let found = name.flatMap { known[$0.lowercased()] }
        let shown = found?.0 ?? name
        return CryptoAlgorithm(
            name: shown.map { "EC-\($0)" } ?? "EC", primitive: .signature, parameter: nil, curve: shown,
            classicalLevel: found?.1, quantumLevel: 0, readiness: .vulnerable)
    }

    /// AES of a size in bits; nil where it is not known.
    public static func aes(bits: Int64?) -> CryptoAlgorithm {
        let level: Int? =
            switch bits {
            case 128: 1
            case 192: 3
            case 256: 5
            default: nil
            }
        return CryptoAlgorithm(
            name: bits.map { "AES-\($0)" } ?? "AES", primitive: .ae, parameter: bits.map(String.init), curve: nil,
            classicalLevel: bits.map(Int.init(clamping:)), quantumLevel: level, readiness: .symmetric)
    }

    /// HMAC with keys of a size in bits, as its provider names it.
    static func hmac(_ bits: Int64?) -> CryptoAlgorithm {
        CryptoAlgorithm(
            name: bits.map { "HMAC-\($0)" } ?? "HMAC", primitive: .mac, parameter: bits.map(String.init), curve: nil,
            classicalLevel: nil, quantumLevel: nil, readiness: .symmetric)
    }

    /// A standardised post-quantum algorithm; nil for what is none. Levels are those of FIPS 203, 204 and 205.
    static func postQuantum(_ text: String) -> CryptoAlgorithm? {
        let parts = text.split(separator: "-").map(String.init)
        guard parts.count >= 2 else { return nil }
        let family = parts[0] + "-" + parts[1]
        let parameter = parts.dropFirst(2).joined(separator: "-")
        let levels: [String: [String: Int]] = [
            "ML-KEM": ["512": 1, "768": 3, "1024": 5], "ML-DSA": ["44": 2, "65": 3, "87": 5],
            "SLH-DSA": ["128": 1, "192": 3, "256": 5],
        ]
        guard let known = levels[family] else { return nil }
        let digits = family == "SLH-DSA" ? String(parameter.drop { !$0.isNumber }.suffix(4).prefix(3)) : parameter
        return CryptoAlgorithm(
            name: parameter.isEmpty ? family : "\(family)-\(parameter)",
            primitive: family == "ML-KEM" ? .kem : .signature, parameter: parameter.isEmpty ? nil : parameter,
            curve: nil, classicalLevel: nil, quantumLevel: known[digits], readiness: .resistant)
    }

    /// Something whose name means nothing to Martlet.
    public static func unknown(_ name: String) -> CryptoAlgorithm {
        CryptoAlgorithm(
            name: name, primitive: .unknown, parameter: nil, curve: nil, classicalLevel: nil, quantumLevel: nil,
            readiness: .undetermined)
    }
}
