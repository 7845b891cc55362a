import MartletCore
import Testing

@testable import MartletPolicy

@Suite struct CryptographyTests {
    @Test(arguments: [
        ("1.2", TLSVersion.tls12), ("TLS1_2", .tls12), ("TLSv1.2", .tls12), ("Tls12", .tls12), ("tls 1.3", .tls13),
        ("TLSv1.2_2021", .tls12), ("TLSv1.1_2016", .tls11), ("TLSv1_2016", .tls10), ("TLSv1", .tls10),
        ("TLS1_0", .tls10),
        ("1.0", .tls10), ("SSLv3", .ssl30), ("", nil), ("default", nil), ("1.9", nil), ("2.0", nil),
        ("TLSv1_1", .tls11),
        ("TLS1_10", nil),
    ])
    func versions(text: String, version: TLSVersion?) { #expect(TLSVersion(text) == version, "\(text)") }

    @Test func theOldestOfAListCounts() {
        #expect(TLSVersion.oldest(of: "TLSv1.3,TLSv1.2") == .tls12)
        #expect(TLSVersion.oldest(of: "TLSv1.2,whatever") == nil)
        #expect(TLSVersion.oldest(of: "") == nil)
        #expect(TLSVersion.allCases.sorted() == TLSVersion.allCases)
        #expect(TLSVersion.oldest(ofLoadBalancerPolicy: "ELBSecurityPolicy-2016-08") == .tls10)
        #expect(TLSVersion.oldest(ofLoadBalancerPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06") == .tls12)
        #expect(TLSVersion.oldest(ofLoadBalancerPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06") == .tls13)
        #expect(TLSVersion.oldest(ofLoadBalancerPolicy: "ELBSecurityPolicy-TLS-1-1-2017-01") == .tls11)
        #expect(TLSVersion.oldest(ofLoadBalancerPolicy: "mine") == nil)
        #expect(TLSVersion.oldest(ofGatewayPolicy: "AppGwSslPolicy20220101S") == .tls12)
    }

    @Test(
        arguments: [
            ("RSA", 2048, nil, "RSA-2048", QuantumReadiness.vulnerable),
            ("rsa-hsm", 4096, nil, "RSA-4096", .vulnerable),
            ("RSA", 1024, nil, "RSA-1024", .weak), ("RSA", nil, nil, "RSA", .vulnerable),
            ("EC", nil, "P-256", "EC-P-256", .vulnerable), ("EC-HSM", nil, "P-256K", "EC-secp256k1", .vulnerable),
            ("EC", nil, nil, "EC", .vulnerable), ("oct-HSM", 256, nil, "AES-256", .symmetric),
            ("ML-DSA-65", nil, nil, "ML-DSA-65", .resistant), ("mystery", nil, nil, "mystery", .undetermined),
        ] as [(String, Int64?, String?, String, QuantumReadiness)])
    func keyTypes(type: String, bits: Int64?, curve: String?, name: String, readiness: QuantumReadiness) throws {
        let algorithm = try #require(CryptoAlgorithm(keyType: type, bits: bits, curve: curve))
        #expect(algorithm.name == name && algorithm.readiness == readiness)
        #expect((algorithm.quantumLevel == 0) == (readiness == .vulnerable || readiness == .weak))
    }

    @Test(arguments: [
        ("RSA_2048", "RSA-2048"), ("EC_prime256v1", "EC-P-256"), ("ECC_NIST_P384", "EC-P-384"),
        ("ECC_SECG_P256K1", "EC-secp256k1"), ("HMAC_256", "HMAC-256"), ("SYMMETRIC_DEFAULT", "AES-256"),
        ("ML_DSA_65", "ML-DSA-65"), ("ML_KEM_768", "ML-KEM-768"), ("SLH_DSA_SHA2_128S", "SLH-DSA-SHA2-128S"),
        ("SM2", "SM2"),
    ])
    func specifications(text: String, name: String) throws {
        #expect(try #require(CryptoAlgorithm(specification: text)).name == name)
        #expect(CryptoAlgorithm(specification: "") == nil && CryptoAlgorithm(specification: nil) == nil)
    }

    @Test func levels() {
        #expect(CryptoAlgorithm.rsa(bits: 4096).classicalLevel == 128)
        #expect(CryptoAlgorithm.rsa(bits: 15360).classicalLevel == 256)
        #expect(CryptoAlgorithm.aes(bits: 256).quantumLevel == 5)
        #expect(CryptoAlgorithm.postQuantum("ML-KEM-1024")?.quantumLevel == 5)
        #expect(CryptoAlgorithm.postQuantum("SLH-DSA-SHAKE-192F")?.quantumLevel == 3)
        for readiness in QuantumReadiness.allCases { #expect(!readiness.ncsc.isEmpty && !readiness.enisa.isEmpty) }
    }

    private func assets(_ type: String, _ data: String, provider: String = "azure") throws -> [CryptoAsset] {
        CryptoAsset.assets(
            of: ResourceObservation(uid: "u", name: "n", type: type, region: "r", data: data),
            account: AccountKey(provider: try #require(Provider(name: provider)), uid: "a"))
    }

    @Test func keysAndCertificatesOfAzure() throws {
        let key = try #require(
            try assets(
                "Microsoft.KeyVault/vaults/keys",
                #"{"key_type":"RSA-HSM","key_bits":3072,"enabled":false,"created":1700000000,"valid_until":1800000000}"#
            ).first)
        #expect(key.kind == .key && key.algorithm?.name == "RSA-3072" && key.isHardware == true)
        #expect(key.isEnabled == false && key.createdAt?.rfc3339 == "2023-11-14T22:13:20.000Z")
        #expect(key.validUntil?.milliseconds == 1_800_000_000_000 && key.validFrom == nil)
        let bare = try #require(try assets("microsoft.keyvault/vaults/KEYS", "").first)
        #expect(bare.algorithm == nil && bare.readiness == .undetermined)
        let odd = try #require(
            try assets("Microsoft.KeyVault/vaults/keys", #"{"key_type":7,"created":9223372036854775807}"#).first)
        #expect(odd.algorithm == nil && odd.createdAt == nil)
        let certificate = try #require(
            try assets(
                "Microsoft.KeyVault/vaults/certificates",
                #"{"key_type":"EC","key_curve":"P-384","subject":"CN=a","issuer":"Self"}"#
            ).first)
        #expect(certificate.kind == .certificate && certificate.algorithm?.name == "EC-P-384")
        #expect(certificate.subject == "CN=a" && certificate.issuer == "Self")
    }

    @Test(arguments: [
        ("Microsoft.Storage/storageAccounts", #"{"tls_minimum":"TLS1_2"}"#, "1.2", QuantumReadiness.vulnerable),
        ("Microsoft.Web/sites", #"{"tls_minimum":"1.0"}"#, "1.0", .weak),
        ("Microsoft.DBforMySQL/flexibleServers", #"{"tls_minimum":"TLSv1.3"}"#, "1.3", .undetermined),
        ("Microsoft.Network/applicationGateways", #"{"tls_policy":"AppGwSslPolicy20170401"}"#, "1.1", .weak),
        ("Microsoft.Network/connections", #"{"ike_version":"IKEv2"}"#, "2", .vulnerable),
        ("Microsoft.Network/connections", #"{"ike_version":"IKEv1"}"#, "1", .weak),
    ])
    func protocols(type: String, data: String, version: String, readiness: QuantumReadiness) throws {
        let found = try assets(type, data)
        #expect(found.count == 1 && found.first?.version == version && found.first?.readiness == readiness)
    }

    @Test(arguments: [
        ("Microsoft.Storage/storageAccounts", ""), ("Microsoft.Web/sites", #"{"tls_minimum":"default"}"#),
        ("Microsoft.Network/connections", "{}"), ("Microsoft.Sql/servers", "[1"),
    ])
    func whatIsNotSaidIsNotGuessed(type: String, data: String) throws { #expect(try assets(type, data).isEmpty) }

    @Test func whatProwlerSaysOfAmazon() throws {
        func one(_ type: String, _ metadata: String) throws -> [CryptoAsset] {
            try assets(type, #"{"details":"","metadata":\#(metadata)}"#, provider: "aws")
        }
        let key = try #require(try one("AwsKmsKey", #"{"spec":"SYMMETRIC_DEFAULT","state":"Enabled"}"#).first)
        #expect(key.algorithm?.name == "AES-256" && key.isEnabled == true && key.readiness == .symmetric)
        let authority = try #require(
            try one(
                "AwsAcmPcaCertificateAuthority", #"{"key_algorithm":"RSA_4096","signing_algorithm":"SHA256WITHRSA"}"#
            )
            .first)
        #expect(authority.kind == .certificate && authority.signature == "SHA256WITHRSA")
        let listeners = try one(
            "AwsElbv2LoadBalancer",
            #"{"listeners":{"l1":{"protocol":"HTTPS","ssl_policy":"ELBSecurityPolicy-2016-08"},"l2":{"protocol":"HTTP","ssl_policy":"ELBSecurityPolicy-2016-08"},"l3":{"protocol":"TLS","ssl_policy":"ELBSecurityPolicy-TLS13-1-3-2021-06"}}}"#
        )
        #expect(listeners.map(\.part) == ["l1", "l3"] && listeners.map(\.version) == ["1.0", "1.3"])
        #expect(Set(listeners.map(\.reference)).count == 2)
        #expect(try one("AwsCloudFrontDistribution", #"{"minimum_protocol_version":"TLSv1"}"#).first?.version == "1.0")
        #expect(try one("AwsS3Bucket", "{}").isEmpty)
    }

    /// A finding tells only of resources that do not tell themselves.
    @Test func findingsFillGaps() throws {
        let account = AccountKey(provider: try #require(Provider(name: "azure")), uid: "a")
        let silent = ResourceObservation(uid: "u", type: "Microsoft.Storage/storageAccounts")
        let telling = ResourceObservation(
            uid: "u", type: "Microsoft.Storage/storageAccounts", data: #"{"tls_minimum":"TLS1_2"}"#)
        let check = "storage_ensure_minimum_tls_version_12"
        let passed = CryptoAsset.asset(check: check, .pass, of: silent, account: account)
        #expect(passed?.version == "1.2" && passed?.check == check && passed?.readiness == .vulnerable)
        let failed = CryptoAsset.asset(check: check, .fail, of: silent, account: account)
        #expect(failed?.version == nil && failed?.readiness == .weak)
        #expect(
            CryptoAsset.asset(check: "app_minimum_tls_version_13", .fail, of: silent, account: account)?.readiness
                == .vulnerable)
        #expect(CryptoAsset.asset(check: check, .pass, of: telling, account: account) == nil)
        #expect(CryptoAsset.asset(check: check, .manual, of: silent, account: account) == nil)
        #expect(CryptoAsset.asset(check: "other", .fail, of: silent, account: account) == nil)
    }
}
