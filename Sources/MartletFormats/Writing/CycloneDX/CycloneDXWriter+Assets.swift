import MartletCore
import MartletPolicy

extension CycloneDXWriter {
    /// The `cryptoProperties` of an asset.
    mutating func write(_ asset: CryptoAsset) {
        json.beginObject()
        switch asset.kind {
        case .key: key(asset)
        case .certificate: certificate(asset)
        case .protocol: `protocol`(asset)
        }
        json.endObject()
    }

    private mutating func key(_ asset: CryptoAsset) {
        json.field("assetType", "related-crypto-material")
        json.key("relatedCryptoMaterialProperties")
        json.beginObject()
        let isSymmetric = asset.algorithm.map { $0.primitive == .ae || $0.primitive == .mac } ?? false
        let isPair = asset.algorithm.map { $0.primitive != .unknown } ?? false
        json.field("type", isSymmetric ? "secret-key" : isPair ? "private-key" : "key")
        json.field("id", asset.resource)
        if let isEnabled = asset.isEnabled { json.field("state", isEnabled ? "active" : "suspended") }
        if let algorithm = asset.algorithm {
            json.field("algorithmRef", Self.reference(of: algorithm))
            if let size = algorithm.parameter.flatMap({ Int64($0) }), algorithm.readiness != .resistant {
                json.field("size", size)
            }
        }
        if let time = asset.createdAt { json.field("creationDate", time.rfc3339) }
        if let time = asset.validFrom { json.field("activationDate", time.rfc3339) }
        if let time = asset.validUntil { json.field("expirationDate", time.rfc3339) }
        json.endObject()
    }

    private mutating func certificate(_ asset: CryptoAsset) {
        json.field("assetType", "certificate")
        json.key("certificateProperties")
        json.beginObject()
        if let subject = asset.subject { json.field("subjectName", subject) }
        if let issuer = asset.issuer { json.field("issuerName", issuer) }
        if let time = asset.validFrom { json.field("notValidBefore", time.rfc3339) }
        if let time = asset.validUntil { json.field("notValidAfter", time.rfc3339) }
        // How it is signed is another thing than the kind of its key; there is no reference where nobody says it.
        if let algorithm = asset.algorithm { json.field("subjectPublicKeyRef", Self.reference(of: algorithm)) }
        json.field("certificateFormat", "X.509")
        json.endObject()
    }

    private mutating func `protocol`(_ asset: CryptoAsset) {
        json.field("assetType", "protocol")
        json.key("protocolProperties")
        json.beginObject()
        json.field("type", asset.protocolName ?? "unknown")
        if let version = asset.version { json.field("version", version) }
        json.endObject()
    }

    mutating func properties(of asset: CryptoAsset) {
        var properties: [(String, String)] = [
            ("martlet:account", asset.account.description), ("martlet:resource", asset.resource),
        ]
        func add(_ name: String, _ value: String?) {
            if let value, !value.isEmpty { properties.append(("martlet:" + name, value)) }
        }
        add("resource-type", asset.resourceType)
        add("region", asset.region)
        add("part", asset.part)
        add("enabled", asset.isEnabled.map(String.init))
        add("hardware", asset.isHardware.map(String.init))
        add("signature-algorithm", asset.signature)
        if asset.kind == .protocol { add("version-is", "the oldest that is accepted") }
        add("known-by", asset.check.map { "finding of \($0)" } ?? "resource")
        if asset.algorithm == nil, asset.kind != .protocol { add("not-known", "algorithm") }
        if asset.version == nil, asset.kind == .protocol { add("not-known", "version") }
        write(properties + Self.readiness(asset.readiness))
    }

    static func readiness(_ readiness: QuantumReadiness) -> [(String, String)] {
        [
            ("martlet:pqc:readiness", readiness.rawValue), ("martlet:pqc:ncsc", readiness.ncsc),
            ("martlet:pqc:enisa", readiness.enisa),
        ]
    }

    /// An algorithm as an asset of its own.
    mutating func write(_ algorithm: CryptoAlgorithm) {
        json.beginObject()
        json.field("type", "cryptographic-asset")
        json.field("bom-ref", Self.reference(of: algorithm))
        json.field("name", algorithm.name)
        json.key("cryptoProperties")
        json.beginObject()
        json.field("assetType", "algorithm")
        json.key("algorithmProperties")
        json.beginObject()
        json.field("primitive", algorithm.primitive.rawValue)
        if let parameter = algorithm.parameter { json.field("parameterSetIdentifier", parameter) }
        if let curve = algorithm.curve { json.field("curve", curve) }
        if let level = algorithm.classicalLevel { json.field("classicalSecurityLevel", level) }
        if let level = algorithm.quantumLevel { json.field("nistQuantumSecurityLevel", level) }
        json.endObject()
        json.endObject()
        json.key("properties")
        write(Self.readiness(algorithm.readiness))
        json.endObject()
    }
}
