extension CryptoAlgorithm {
    /// The algorithm of a JSON web key's type (`RSA`, `EC`, `oct`, with or without `-HSM`), with size and curve where they
    /// are known.
    public init?(keyType: String?, bits: Int64?, curve: String?) {
        guard let keyType, !keyType.isEmpty else { return nil }
        var kind = keyType.uppercased()
        if kind.hasSuffix("-HSM") { kind.removeLast(4) }
        switch kind {
        case "RSA": self = .rsa(bits: bits)
        case "EC", "OKP": self = .curve(curve)
        // Key vaults hold AES keys only where they hold symmetric ones.
        case "OCT": self = .aes(bits: bits)
        default: self = .postQuantum(kind) ?? .unknown(keyType)
        }
    }

    /// The algorithm of a specification as AWS writes it: `RSA_2048`, `EC_prime256v1`, `ECC_NIST_P256`, `HMAC_256`,
    /// `SYMMETRIC_DEFAULT`, `ML_DSA_65`.
    public init?(specification: String?) {
        guard let specification, !specification.isEmpty else { return nil }
        let text = specification.replacing("_", with: "-")
        let upper = text.uppercased()
        func bits(after prefix: String) -> Int64? { Int64(upper.dropFirst(prefix.count)) }
        if upper == "SYMMETRIC-DEFAULT" {
            self = .aes(bits: 256)
        } else if upper.hasPrefix("RSA-") {
            self = .rsa(bits: bits(after: "RSA-"))
        } else if upper.hasPrefix("ECC-") {
            self = .curve(String(text.dropFirst(4)))
        } else if upper.hasPrefix("EC-") {
            self = .curve(String(text.dropFirst(3)))
        } else if upper.hasPrefix("HMAC-") {
            self = .hmac(bits(after: "HMAC-"))
        } else {
            self = .postQuantum(upper) ?? .unknown(specification)
        }
    }
}
