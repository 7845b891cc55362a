import MartletCore
import MartletPolicy

/// A mute as programs manage it.
public struct MuteRuleRow: Sendable, Hashable {
    /// What it mutes, why, and until when.
    public var rule: MuteRule
    /// What people call it; the rule's id where nobody named it.
    public var name: String
    /// It mutes while this is so.
    public var isEnabled: Bool
    /// When it was stored.
    public var createdAt: Timestamp
    /// When it was last changed.
    public var updatedAt: Timestamp
    /// The user who made it; nil where the command line did.
    public var createdBy: String?
    /// Published findings that it mutes now.
    public var findings: Int64

    /// Its UUID: the rule's id where that is one, else computed from it.
    public var identifier: String { Self.identifier(of: rule.id) }

    /// The UUID of the mute with this rule.
    public static func identifier(of rule: String) -> String {
        if let hash = ContentHash(uuid: rule) { return hash.uuid }
        var hasher = ContentHasher()
        hasher.add("mute identifier")
        hasher.add(rule)
        return hasher.finish().uuid(version: 8)
    }
}
