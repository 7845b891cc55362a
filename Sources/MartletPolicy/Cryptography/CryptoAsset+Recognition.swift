import MartletCore

extension CryptoAsset {
    /// Types of resources that may have something cryptographic to say of themselves, in small letters.
    public static let resourceTypes: [String] = [
        "microsoft.keyvault/vaults/keys", "microsoft.keyvault/vaults/certificates", "microsoft.storage/storageaccounts",
        "microsoft.web/sites", "microsoft.dbforpostgresql/flexibleservers", "microsoft.dbforpostgresql/servers",
        "microsoft.dbformysql/flexibleservers", "microsoft.sql/servers", "microsoft.documentdb/databaseaccounts",
        "microsoft.network/applicationgateways", "microsoft.network/connections", "awskmskey",
        "awscertificatemanagercertificate", "awsacmpcacertificateauthority", "awselbv2loadbalancer",
        "awscloudfrontdistribution",
    ]

    /// What the metadata of a resource says: nothing where it does not say anything about cryptography.
    public static func assets(of resource: ResourceObservation, account: AccountKey) -> [CryptoAsset] {
        let data = resource.data.isEmpty ? .null : (try? JSONValue.parse(resource.data)) ?? .null
        switch resource.type.lowercased() {
        case "microsoft.keyvault/vaults/keys": return [azureKey(data, resource, account)]
        case "microsoft.keyvault/vaults/certificates": return [azureCertificate(data, resource, account)]
        case "microsoft.network/connections": return ike(data, resource, account)
        case let type where type.hasPrefix("microsoft."): return azureTLS(data, resource, account)
        default: return amazon(data["metadata"] ?? .null, resource, account)
        }
    }

    private static func azureKey(
        _ data: JSONValue, _ resource: ResourceObservation, _ account: AccountKey
    ) -> CryptoAsset {
        var asset = CryptoAsset(.key, of: resource, account: account, algorithm: azureAlgorithm(data))
        asset.dates(data)
        asset.isHardware = data["key_type"]?.stringValue.map { $0.uppercased().hasSuffix("-HSM") }
        return asset
    }

    private static func azureCertificate(
        _ data: JSONValue, _ resource: ResourceObservation, _ account: AccountKey
    ) -> CryptoAsset {
        var asset = CryptoAsset(.certificate, of: resource, account: account, algorithm: azureAlgorithm(data))
        asset.dates(data)
        asset.subject = data["subject"]?.stringValue
        asset.issuer = data["issuer"]?.stringValue
        return asset
    }

    private static func azureAlgorithm(_ data: JSONValue) -> CryptoAlgorithm? {
        CryptoAlgorithm(
            keyType: data["key_type"]?.stringValue, bits: data["key_bits"]?.intValue,
            curve: data["key_curve"]?.stringValue)
    }

    private mutating func dates(_ data: JSONValue) {
        func time(_ key: String) -> Timestamp? {
            guard let seconds = data[key]?.intValue else { return nil }
            let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
            let moment = Timestamp(milliseconds: milliseconds)
            return overflow || !Timestamp.range.contains(moment) ? nil : moment
        }
        isEnabled = data["enabled"]?.boolValue
        createdAt = time("created")
        validFrom = time("valid_from")
        validUntil = time("valid_until")
    }

    private static func azureTLS(
        _ data: JSONValue, _ resource: ResourceObservation, _ account: AccountKey
    ) -> [CryptoAsset] {
        let stated = data["tls_minimum"]?.stringValue.flatMap { TLSVersion.oldest(of: $0) }
        let policy = data["tls_policy"]?.stringValue.flatMap { TLSVersion.oldest(ofGatewayPolicy: $0) }
        return (stated ?? policy).map { [tls($0, resource, account)] } ?? []
    }

    private static func ike(
        _ data: JSONValue, _ resource: ResourceObservation, _ account: AccountKey
    ) -> [CryptoAsset] {
        guard let version = data["ike_version"]?.stringValue, version.uppercased().hasPrefix("IKEV") else { return [] }
        // Both agree on keys by Diffie-Hellman; hybrids (RFC 9370) exist for version 2, but Azure does not say.
        let isOld = version.uppercased() == "IKEV1"
        var asset = CryptoAsset(.protocol, of: resource, account: account, readiness: isOld ? .weak : .vulnerable)
        asset.protocolName = "ike"
        asset.version = String(version.dropFirst(4))
        return [asset]
    }

    static func tls(
        _ oldest: TLSVersion, _ resource: ResourceObservation, _ account: AccountKey, part: String = ""
    ) -> CryptoAsset {
        var asset = CryptoAsset(.protocol, of: resource, account: account, readiness: oldest.readiness)
        asset.protocolName = "tls"
        asset.version = oldest.text
        asset.part = part
        return asset
    }
}
