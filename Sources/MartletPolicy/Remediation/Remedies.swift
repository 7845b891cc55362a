import MartletCore

/// Finds the remedy of findings: by the check where the program or the tenant has it, else by what the source said.
public struct Remedies: Sendable {
    private let library: CheckLibrary
    /// What sources say is the same for all findings of a check, and is read once for each.
    private var said: [CheckMetadata: Remedy] = [:]
    /// More checks than any scanner has.
    private static let limit = 2_000

    /// Remedies with the checks of a tenant.
    public init(_ library: CheckLibrary) { self.library = library }

    /// The remedy of a finding.
    ///
    /// - Parameters:
    ///   - check: The check as the finding carries it; its document is what the source says of it.
    ///   - region: The finding's region, empty where it names none or several.
    public mutating func remedy(
        of check: CheckMetadata, _ resource: ResourceObservation, region: String, account: AccountKey
    ) -> Remedy {
        if let entry = library[check.check], entry.definition.provider == account.provider {
            return Remedy(
                entry.definition, id: resource.uid, name: resource.name, region: region, account: account.uid)
        }
        if let known = said[check] { return known }
        if said.count >= Self.limit { said.removeAll() }
        let remedy = Remedy(document: (try? JSONValue.parse(check.document)) ?? .null)
        said[check] = remedy
        return remedy
    }
}
