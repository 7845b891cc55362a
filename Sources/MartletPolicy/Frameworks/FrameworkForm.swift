/// The two JSON forms in which frameworks are written.
public enum FrameworkForm: String, Sendable, Hashable, CaseIterable {
    /// For one provider, with capitalised keys (`Framework`, `Requirements`, `Checks`, …).
    case legacy
    /// For several providers, with lower-case keys (`framework`, `requirements`, `attributes_metadata`, …).
    case universal
}
