/// Texts of a finding that a filter may look into for a part.
public enum FindingText: String, Sendable, Hashable, CaseIterable {
    /// The check's id.
    case check
    /// The name of one of its regions.
    case region
    /// The service of its check.
    case service
    /// The uid of its resource.
    case resourceUID
    /// The name of its resource.
    case resourceName
    /// The type of its resource.
    case resourceType
}
