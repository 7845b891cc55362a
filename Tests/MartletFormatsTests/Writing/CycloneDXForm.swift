import MartletCore

/// What CycloneDX 1.6 requires of the parts that bills of cryptography use: keys, required ones, enumerations, references.
enum CycloneDXForm {
    private static let keys: [String: (required: [String], known: Set<String>)] = [
        "bom": (
            ["bomFormat", "specVersion"],
            [
                "$schema", "bomFormat", "specVersion", "serialNumber", "version", "metadata", "components",
                "compositions", "properties",
            ]
        ),
        "component": (["type", "name"], ["type", "bom-ref", "name", "version", "cryptoProperties", "properties"]),
        "cryptoProperties": (
            ["assetType"],
            [
                "assetType", "algorithmProperties", "certificateProperties", "relatedCryptoMaterialProperties",
                "protocolProperties",
            ]
        ),
        "algorithmProperties": (
            [],
            [
                "primitive", "parameterSetIdentifier", "curve", "cryptoFunctions", "classicalSecurityLevel",
                "nistQuantumSecurityLevel",
            ]
        ),
        "certificateProperties": (
            [],
            [
                "subjectName", "issuerName", "notValidBefore", "notValidAfter", "signatureAlgorithmRef",
                "subjectPublicKeyRef", "certificateFormat",
            ]
        ),
        "relatedCryptoMaterialProperties": (
            [],
            ["type", "id", "state", "algorithmRef", "creationDate", "activationDate", "expirationDate", "size"]
        ),
        "protocolProperties": ([], ["type", "version"]),
        "property": (["name"], ["name", "value"]),
    ]

    private static let choices: [String: Set<String>] = [
        "assetType": ["algorithm", "certificate", "protocol", "related-crypto-material"],
        "primitive": [
            "drbg", "mac", "block-cipher", "stream-cipher", "signature", "hash", "pke", "xof", "kdf", "key-agree",
            "kem",
            "ae", "combiner", "other", "unknown",
        ],
        "state": ["pre-activation", "active", "suspended", "deactivated", "compromised", "destroyed"],
        "materialType": ["private-key", "public-key", "secret-key", "key", "other", "unknown"],
        "protocolType": ["tls", "ssh", "ipsec", "ike", "sstp", "wpa", "other", "unknown"],
        "componentType": ["application", "platform", "cryptographic-asset"],
        "aggregate": ["complete", "incomplete", "incomplete_first_party_only", "unknown", "not_specified"],
    ]

    static func problems(of document: JSONValue) -> [String] {
        var problems: [String] = []
        func check(_ value: JSONValue?, as kind: String, _ place: String) {
            guard let value, let form = keys[kind] else { return }
            let found = value.objectValue?.map(\.key) ?? []
            for key in form.required where !found.contains(key) { problems.append("\(place) has no \(key)") }
            for key in found where !form.known.contains(key) { problems.append("\(place) has a \(key)") }
            if Set(found).count != found.count { problems.append("\(place) says something twice") }
        }
        func choose(_ value: JSONValue?, _ kind: String, _ place: String) {
            guard let value else { return }
            if choices[kind]?.contains(value.stringValue ?? "") != true { problems.append("\(place): \(value.text)") }
        }
        check(document, as: "bom", "the document")
        if document["bomFormat"]?.stringValue != "CycloneDX" { problems.append("bomFormat") }
        if document["specVersion"]?.stringValue != "1.6" { problems.append("specVersion") }
        let serial = document["serialNumber"]?.stringValue ?? ""
        let uuid = /urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/
        if (try? uuid.wholeMatch(in: serial)) == nil { problems.append("serialNumber") }
        var references: Set<String> = []
        let components = document["components"]?.arrayValue ?? []
        for component in components + [document["metadata"]?["component"] ?? .null] {
            let reference = component["bom-ref"]?.stringValue ?? ""
            if reference.isEmpty || !references.insert(reference).inserted { problems.append("bom-ref \(reference)") }
            check(component, as: "component", reference)
            choose(component["type"], "componentType", reference)
            if component["name"]?.stringValue?.isEmpty != false { problems.append("\(reference) has an empty name") }
            let crypto = component["cryptoProperties"]
            check(crypto, as: "cryptoProperties", reference)
            choose(crypto?["assetType"], "assetType", reference)
            for kind in keys.keys where kind.hasSuffix("Properties") { check(crypto?[kind], as: kind, reference) }
            choose(crypto?["algorithmProperties"]?["primitive"], "primitive", reference)
            choose(crypto?["relatedCryptoMaterialProperties"]?["type"], "materialType", reference)
            choose(crypto?["relatedCryptoMaterialProperties"]?["state"], "state", reference)
            choose(crypto?["protocolProperties"]?["type"], "protocolType", reference)
            for property in component["properties"]?.arrayValue ?? [] { check(property, as: "property", reference) }
        }
        for component in components {
            let crypto = component["cryptoProperties"]
            for reference in [
                crypto?["relatedCryptoMaterialProperties"]?["algorithmRef"],
                crypto?["certificateProperties"]?["subjectPublicKeyRef"],
            ] {
                guard let text = reference?.stringValue else { continue }
                if !references.contains(text) { problems.append("nothing is called \(text)") }
            }
            let dates =
                ["creationDate", "activationDate", "expirationDate"].map {
                    crypto?["relatedCryptoMaterialProperties"]?[$0]
                } + ["notValidBefore", "notValidAfter"].map { crypto?["certificateProperties"]?[$0] }
            for date in dates {
                guard let date else { continue }
                if Timestamp(rfc3339: date.stringValue ?? "") == nil { problems.append("\(date.text) is no time") }
            }
        }
        for composition in document["compositions"]?.arrayValue ?? [] {
            choose(composition["aggregate"], "aggregate", "compositions")
        }
        return problems
    }
}
