import MartletCore
import MartletFormats
import MartletPolicy
import Testing

/// The form of CycloneDX 1.6 as far as bills of cryptography use it; `scripts/cbom-schema.py` holds documents against the
/// published schema.
@Suite struct CycloneDXWriterTests {
    private static let azure = AccountKey(provider: .azure, uid: "sub")

    private func assets() -> [CryptoAsset] {
        let resources = [
            ResourceObservation(
                uid: "https://kv.vault.azure.net/keys/k", name: "k", type: "Microsoft.KeyVault/vaults/keys",
                region: "uksouth",
                data:
                    #"{"created":1700000000,"enabled":true,"key_bits":2048,"key_type":"RSA","valid_until":1800000000}"#),
            ResourceObservation(uid: "https://kv.vault.azure.net/keys/q", type: "Microsoft.KeyVault/vaults/keys"),
            ResourceObservation(
                uid: "https://kv.vault.azure.net/keys/s", type: "Microsoft.KeyVault/vaults/keys",
                data: #"{"key_type":"oct-HSM","key_bits":256}"#),
            ResourceObservation(
                uid: "https://kv.vault.azure.net/certificates/c", name: "c",
                type: "Microsoft.KeyVault/vaults/certificates",
                data: #"{"key_type":"EC","key_curve":"P-256","subject":"CN=\"a\"","issuer":"Self","valid_from":1}"#),
            ResourceObservation(
                uid: "/s/sta", name: "sta", type: "Microsoft.Storage/storageAccounts",
                data: #"{"tls_minimum":"TLS1_2"}"#),
            ResourceObservation(
                uid: "/n/c", type: "Microsoft.Network/connections", data: #"{"ike_version":"IKEv2"}"#),
        ]
        return resources.flatMap { CryptoAsset.assets(of: $0, account: Self.azure) }
    }

    private func document(_ assets: [CryptoAsset], _ gaps: [CycloneDXWriter.Gap] = []) throws -> JSONValue {
        var writer = CycloneDXWriter(
            serial: "0195d1f0-0000-8000-8000-000000000001", at: Timestamp(milliseconds: 1_800_000_000_000),
            program: "0.1.0", subject: "cloud accounts")
        var bytes: [UInt8] = []
        for asset in assets {
            writer.add(asset)
            bytes += writer.takeBytes()
        }
        writer.finish(gaps: gaps)
        return try JSONValue.parse(bytes + writer.takeBytes())
    }

    @Test func theFormIsCycloneDX() throws {
        let document = try document(
            assets(), [.init(account: Self.azure, check: "keyvault_key_quantum_safe", state: .denied)])
        #expect(document["bomFormat"]?.stringValue == "CycloneDX" && document["specVersion"]?.stringValue == "1.6")
        #expect(document["serialNumber"]?.stringValue == "urn:uuid:0195d1f0-0000-8000-8000-000000000001")
        #expect(CycloneDXForm.problems(of: document) == [])
        #expect(document["compositions"]?[0]?["aggregate"]?.stringValue == "incomplete")
        #expect(
            document["properties"]?[0]?["value"]?.stringValue == "azure/sub keyvault_key_quantum_safe: denied")
    }

    @Test func everyAssetPointsAtItsAlgorithm() throws {
        let components = try #require(try document(assets())["components"]?.arrayValue)
        #expect(
            components.compactMap { $0["name"]?.stringValue } == [
                "k", "https://kv.vault.azure.net/keys/q", "https://kv.vault.azure.net/keys/s", "c", "sta", "/n/c",
                "AES-256", "EC-P-256", "RSA-2048",
            ])
        try #require(components.count == 9)
        func properties(_ place: Int) -> [String: String] {
            Dictionary(
                (components[place]["properties"]?.arrayValue ?? []).compactMap { property in
                    property["name"]?.stringValue.map { ($0, property["value"]?.stringValue ?? "") }
                }
            ) { first, _ in first }
        }
        let material = components[0]["cryptoProperties"]?["relatedCryptoMaterialProperties"]
        #expect(material?["algorithmRef"]?.stringValue == "algorithm:RSA-2048")
        #expect(material?["size"]?.intValue == 2048 && material?["state"]?.stringValue == "active")
        #expect(material?["expirationDate"]?.stringValue == "2027-01-15T08:00:00.000Z")
        #expect(properties(0)["martlet:pqc:readiness"] == "vulnerable")
        // What is not known is said so.
        #expect(
            properties(1)["martlet:not-known"] == "algorithm"
                && properties(1)["martlet:pqc:readiness"] == "undetermined")
        #expect(
            components[2]["cryptoProperties"]?["relatedCryptoMaterialProperties"]?["type"]?.stringValue == "secret-key")
        let certificate = components[3]["cryptoProperties"]?["certificateProperties"]
        #expect(certificate?["subjectPublicKeyRef"]?.stringValue == "algorithm:EC-P-256")
        #expect(certificate?["signatureAlgorithmRef"] == nil)
        #expect(components[4]["cryptoProperties"]?["protocolProperties"]?["version"]?.stringValue == "1.2")
        #expect(components[5]["cryptoProperties"]?["protocolProperties"]?["type"]?.stringValue == "ike")
        #expect(properties(8)["martlet:pqc:ncsc"]?.contains("2035") == true)
        #expect(components[6]["cryptoProperties"]?["algorithmProperties"]?["nistQuantumSecurityLevel"]?.intValue == 5)
    }

    @Test func nothingIsADocumentToo() throws {
        let empty = try document([])
        #expect(CycloneDXForm.problems(of: empty) == [])
        #expect(empty["components"] == .array([]) && empty["compositions"]?[0]?["aggregate"]?.stringValue == "unknown")
    }

    /// The test's own judge sees what is wrong.
    @Test(arguments: [
        (#""specVersion":"1.6""#, #""specVersion":"1.5""#), (#""related-crypto-material""#, #""key""#),
        (#""type":"tls""#, #""type":"TLS""#), (#""bom-ref":"algorithm:RSA-2048""#, #""bom-ref":"algorithm:other""#),
        (#""primitive":"pke""#, #""primitive":"rsa""#), ("urn:uuid:0", "urn:uuid:X"),
        (#""aggregate":"unknown""#, #""aggregate":"some""#), (#""state":"active""#, #""states":"active""#),
        (#""expirationDate":"2027-01-15T08:00:00.000Z""#, #""expirationDate":"soon""#),
    ])
    func theJudgeJudges(before: String, after: String) throws {
        let text = try document(assets()).text
        #expect(text.contains(before))
        #expect(!CycloneDXForm.problems(of: try JSONValue.parse(text.replacing(before, with: after))).isEmpty)
    }
}
