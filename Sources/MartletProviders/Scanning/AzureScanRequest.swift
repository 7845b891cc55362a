import MartletCore

/// What of Azure is scanned.
public struct AzureScanRequest: Sendable {
    /// The subscription's id.
    public let subscription: String
    /// The organisation of Azure DevOps, if one is to be looked at.
    public var organization: String?
    /// The project of Azure DevOps.
    public var project: String?
    /// Names of regions as Azure writes them, in small letters without spaces; empty for all. `global` is what is in none.
    public var regions: [String] = []

    /// Takes a subscription's id. Throws ``MartletError`` (`usage`) unless it is a UUID.
    public init(subscription: String) throws(MartletError) {
        guard Self.isUUID(subscription) else {
            throw MartletError(
                .usage,
                "'\(subscription.prefix(60))' is no subscription's id, which looks like "
                    + "00000000-0000-0000-0000-000000000000; 'az account list' shows yours", place: "--subscription")
        }
        self.subscription = subscription.lowercased()
    }

    /// The account that a subscription is.
    public var account: AccountKey { AccountKey(provider: .azure, uid: subscription) }

    /// What paths of collectors may speak of.
    var variables: [String: String] {
        var variables = ["subscription": subscription]
        variables["organization"] = organization
        variables["project"] = project
        return variables
    }

    static func isUUID(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && parts.allSatisfy { $0.utf8.allSatisfy { byte in Self.digits.contains(byte) } }
    }

    private static let digits = Set("0123456789abcdefABCDEF".utf8)
}
