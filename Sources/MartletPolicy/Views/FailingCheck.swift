import MartletCore

/// What is known of a check that fails, over some accounts.
public struct FailingCheck: Sendable, Hashable {
    /// The check's id.
    public var check: String
    /// Its title; empty where no source gave one.
    public var title = ""
    /// The cloud service; may be empty.
    public var service = ""
    /// Categories of the check.
    public var categories: Set<String> = []
    /// Providers of the accounts, by name.
    public var providers: Set<String> = []
    /// The worst severity among its unmuted FAIL findings.
    public var severity = Severity.informational
    /// Resources with an unmuted FAIL of the check.
    public var affected: Int64 = 0
    /// Of these, the ones that can be reached from the internet as far as checks tell: they have an unmuted FAIL of any
    /// check of the category ``FailingCheck/exposure``.
    public var exposed: Int64 = 0
    /// Unmuted FAIL findings.
    public var findings: Int64 = 0
    /// Accounts with such a finding.
    public var accounts: Int64 = 0
    /// Since when the longest of them fails.
    public var failingSince: Timestamp?
    /// How the remediation is given.
    public var remedy = RemedyKind.words

    /// The category of checks that tell of what the internet can reach.
    public static let exposure = "internet-exposed"
    /// The category of checks about rights of people and programs.
    public static let rights = "identity-access"

    /// A check of which nothing is counted yet.
    public init(check: String) { self.check = check }
}
