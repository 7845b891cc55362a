import MartletCore
import MartletPolicy

extension Listing where Row == CryptoAsset {
    /// `martlet cbom`, where it is not CycloneDX.
    static var cryptography: Listing {
        Listing(
            columns: [
                Column("KIND") { $0.kind.rawValue },
                Column("NAME", flexible: true, style: { _ in .bold }) { $0.name },
                Column("WHAT") { what($0) },
                Column("READINESS", style: { style($0.readiness) }) { $0.readiness.rawValue },
                Column("VALID UNTIL") { CellText.time($0.validUntil) },
                Column("ACCOUNT") { $0.account.description },
                Column("NCSC", flexible: true) { $0.readiness.ncsc },
            ],
            fields: [
                ("account", { $0.account.uid }), ("provider", { $0.account.provider.name }),
                ("kind", { $0.kind.rawValue }), ("name", { $0.name }), ("resource_uid", { $0.resource }),
                ("resource_type", { $0.resourceType }), ("region", { $0.region }), ("part", { $0.part }),
                ("algorithm", { $0.algorithm?.name ?? "" }), ("protocol", { $0.protocolName ?? "" }),
                ("oldest_version", { $0.version ?? "" }), ("valid_until", { $0.validUntil?.rfc3339 ?? "" }),
                ("readiness", { $0.readiness.rawValue }), ("ncsc", { $0.readiness.ncsc }),
                ("enisa", { $0.readiness.enisa }), ("check", { $0.check ?? "" }),
            ],
            json: { asset, json in
                json.account(asset.account)
                json.field("kind", asset.kind.rawValue)
                json.field("name", asset.name)
                json.field("resource_uid", asset.resource)
                json.said("resource_type", asset.resourceType)
                json.said("region", asset.region)
                json.said("part", asset.part)
                json.field("algorithm", asset.algorithm?.name)
                json.field("protocol", asset.protocolName)
                json.field("oldest_version", asset.version)
                json.field("valid_until", asset.validUntil)
                json.field("readiness", asset.readiness.rawValue)
                json.field("ncsc", asset.readiness.ncsc)
                json.field("enisa", asset.readiness.enisa)
                json.field("check", asset.check)
            }, empty: "nothing cryptographic is known")
    }

    private static func what(_ asset: CryptoAsset) -> String {
        guard asset.kind == .protocol else { return asset.algorithm?.name ?? "not known" }
        return (asset.protocolName ?? "").uppercased() + " " + (asset.version.map { $0 + "+" } ?? "older")
    }

    private static func style(_ readiness: QuantumReadiness) -> Style {
        switch readiness {
        case .weak: .red
        case .vulnerable: .yellow
        case .undetermined: .cyan
        case .symmetric, .resistant: .green
        }
    }
}
