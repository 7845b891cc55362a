/// Where a mute rule comes from. The raw value is stored and shown.
public enum MuteOrigin: String, Sendable, Hashable, CaseIterable {
    /// A person added it by itself.
    case cli
    /// It is part of a mutelist document, and goes when another one is applied.
    case mutelist
}
