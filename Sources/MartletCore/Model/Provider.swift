/// The kind of platform an account lives on: `aws`, `azure`, `kubernetes`, …
///
/// Only the providers listed in ``known`` exist; the names are Prowler's, so that its check ids and frameworks apply.
public struct Provider: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The lower-case name.
    public let name: String

    /// Every provider Martlet takes findings of, sorted by name.
    public static let known: [String] = [
        "alibabacloud", "aws", "azure", "cloudflare", "e2enetworks", "gcp", "github", "googleworkspace", "huaweicloud",
        "iac", "image", "kubernetes", "linode", "llm", "m365", "mongodbatlas", "nhn", "okta", "openstack",
        "oraclecloud", "scaleway", "stackit", "vercel",
    ]

    /// Microsoft Azure.
    public static let azure = Provider(known: "azure")

    private init(known name: String) { self.name = name }

    private static let knownSet = Set(known)

    /// Reads a provider's name in any case; nil when it is not in ``known``.
    public init?(name: some StringProtocol) {
        let lower = name.lowercased()
        guard Self.knownSet.contains(lower) else { return nil }
        self.name = lower
    }

    /// The same as ``name``.
    public var description: String { name }

    /// By name.
    public static func < (left: Provider, right: Provider) -> Bool { left.name < right.name }
}
