import MartletCore

extension CryptoAsset {
    /// What Prowler's metadata of a resource of AWS says.
    static func amazon(
        _ data: JSONValue, _ resource: ResourceObservation, _ account: AccountKey
    ) -> [CryptoAsset] {
        switch resource.type.lowercased() {
        case "awskmskey":
            var asset = asset(.key, data["spec"], resource, account)
            asset.isEnabled = data["state"]?.stringValue.map { $0 == "Enabled" }
            return [asset]
        case "awscertificatemanagercertificate":
            var asset = asset(.certificate, data["key_algorithm"], resource, account)
            asset.subject = data["name"]?.stringValue
            return [asset]
        case "awsacmpcacertificateauthority":
            var asset = asset(.certificate, data["key_algorithm"], resource, account)
            asset.signature = data["signing_algorithm"]?.stringValue
            return [asset]
        case "awscloudfrontdistribution":
            let oldest = data["minimum_protocol_version"]?.stringValue.flatMap { TLSVersion($0) }
            return oldest.map { [tls($0, resource, account)] } ?? []
        case "awselbv2loadbalancer":
            return (data["listeners"]?.objectValue ?? []).compactMap { listener in
                guard ["HTTPS", "TLS"].contains(listener.value["protocol"]?.stringValue ?? ""),
                    let policy = listener.value["ssl_policy"]?.stringValue,
                    let oldest = TLSVersion.oldest(ofLoadBalancerPolicy: policy)
                else { return nil }
                return tls(oldest, resource, account, part: listener.key)
            }
        default: return []
        }
    }

    private static func asset(
        _ kind: Kind, _ specification: JSONValue?, _ resource: ResourceObservation, _ account: AccountKey
    ) -> CryptoAsset {
        CryptoAsset(
            kind, of: resource, account: account,
            algorithm: CryptoAlgorithm(specification: specification?.stringValue))
    }
}
