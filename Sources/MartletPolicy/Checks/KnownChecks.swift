import MartletCore

/// The check ids that are known to exist, in Prowler's vocabulary, by provider.
///
/// They let a framework be linted without a scanner at hand; a scan may well bring checks that are not among them.
public enum KnownChecks {
    /// The ids for a provider; nil for one whose checks are open-ended (`iac`, `image`, `llm` wrap other tools).
    public static func ids(for provider: Provider) -> Set<String>? { sets[provider.name] }

    /// The ids that took the place of an id that is no longer used; empty when it was never renamed.
    public static func replacements(for check: String, provider: Provider) -> [String] {
        renamedIDs[provider.name]?[check] ?? []
    }

    private static let sets: [String: Set<String>] = lists.mapValues { list in
        Set(list.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    private static let lists: [String: String] = [
        "alibabacloud": alibabacloud,
        "aws": aws,
        "azure": azure,
        "cloudflare": cloudflare,
        "e2enetworks": e2enetworks,
        "gcp": gcp,
        "github": github,
        "googleworkspace": googleworkspace,
        "huaweicloud": huaweicloud,
        "kubernetes": kubernetes,
        "linode": linode,
        "m365": m365,
        "mongodbatlas": mongodbatlas,
        "nhn": nhn,
        "okta": okta,
        "openstack": openstack,
        "oraclecloud": oraclecloud,
        "scaleway": scaleway,
        "stackit": stackit,
        "vercel": vercel,
    ]
}
