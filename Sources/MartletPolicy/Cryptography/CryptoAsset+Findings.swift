import MartletCore

extension CryptoAsset {
    /// Checks whose verdict tells the oldest version of TLS that a resource accepts, with the version that passes.
    public static let tlsChecks: [String: TLSVersion] = [
        "app_minimum_tls_version_12": .tls12, "app_minimum_tls_version_13": .tls13,
        "cosmosdb_account_minimum_tls_version": .tls12, "mysql_flexible_server_minimum_tls_version_12": .tls12,
        "sqlserver_recommended_minimal_tls_version": .tls12, "storage_ensure_minimum_tls_version_12": .tls12,
    ]

    /// Checks without which an inventory of keys, certificates and TLS is not whole.
    public static let checks: Set<String> = Set(tlsChecks.keys).union([
        "keyvault_key_quantum_safe", "keyvault_certificate_quantum_safe", "network_vpn_connection_uses_ikev2",
    ])

    /// What the verdict of a check says of a resource that does not say it itself; nil for any other.
    ///
    /// A PASS says that the version or a newer one is the oldest; a FAIL that an older one is accepted, not which.
    public static func asset(
        check: String, _ status: Status, of resource: ResourceObservation, account: AccountKey
    ) -> CryptoAsset? {
        guard let version = tlsChecks[check], status != .manual else { return nil }
        guard !assets(of: resource, account: account).contains(where: { $0.protocolName == "tls" }) else { return nil }
        var asset = tls(version, resource, account)
        asset.check = check
        if status == .fail {
            asset.version = nil
            asset.readiness = version == .tls12 ? .weak : .vulnerable
        }
        return asset
    }
}
