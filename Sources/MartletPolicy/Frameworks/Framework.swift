import MartletCore

/// A compliance framework: requirements, each with the checks that speak for it.
///
/// Read by ``load(bytes:fileName:)`` from either of two JSON forms; the document itself is kept in ``source``.
public struct Framework: Sendable {
    /// The file's name without directories and `.json`, for example `cis_2.0_aws`; never empty.
    public let id: String
    /// The short name that versions of a framework share, for example `CIS`.
    public let name: String
    /// The full title; equal to ``name`` when the file has none.
    public let title: String
    /// Empty when the file gives none.
    public let version: String
    /// May be empty.
    public let description: String
    /// The lower-case names of the providers it has checks for or is declared for, sorted. A name need not be one that
    /// Martlet knows.
    public let providers: [String]
    /// Which form the document has.
    public let form: FrameworkForm
    /// In the order of the file, each id once: requirements with the same id have been merged into the first.
    public let requirements: [Requirement]
    /// The universal form's description of its attributes, unchanged; nil when there is none.
    public let attributesMetadata: JSONValue?
    /// The universal form's settings for tables and reports, unchanged; nil when there is none.
    public let outputs: JSONValue?
    /// The document.
    public let source: FrameworkSource

    /// Whether the framework is for accounts of this provider.
    public func covers(_ provider: Provider) -> Bool { providers.contains(provider.name) }

    /// The check ids of each requirement for one provider, parallel to ``requirements``; empty for a requirement without.
    public func checks(for provider: Provider) -> [[String]] {
        requirements.map { $0.checks(for: provider) }
    }

    /// Whether every requirement has a level of risk and a weight, so that a ThreatScore can be computed.
    public var isThreatScore: Bool {
        !requirements.isEmpty && requirements.allSatisfy { $0.levelOfRisk != nil && $0.weight != nil }
    }
}
