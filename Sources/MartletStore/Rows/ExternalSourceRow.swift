import MartletCore

/// An external source as lists show it.
public struct ExternalSourceRow: Sendable {
    /// The name, unique within its tenant.
    public var name: String
    /// The document that says what to run.
    public var definition: String
    /// When a source of this name was added, by the database's clock.
    public var createdAt: Timestamp
    /// When its definition was last set, by the database's clock.
    public var updatedAt: Timestamp
}
