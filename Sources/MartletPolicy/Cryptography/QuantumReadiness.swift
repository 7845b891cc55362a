/// What becomes of an algorithm or protocol once quantum computers are large enough, and what NCSC and ENISA say to do.
///
/// NCSC: "Timelines for migration to post-quantum cryptography" (2025). ENISA: "Post-Quantum Cryptography: Current state
/// and quantum mitigation" (2021), which proposes hybrids and pre-shared keys for what is still to be replaced.
public enum QuantumReadiness: String, Sendable, Hashable, CaseIterable {
    /// Too weak today already, without any quantum computer.
    case weak
    /// Public-key cryptography that Shor's algorithm breaks, or a protocol that can agree on nothing else.
    case vulnerable
    /// It depends on something that is not known, such as the groups that a TLS 1.3 server offers.
    case undetermined
    /// Symmetric cryptography with keys of 128 bits and more: quantum computers do not change what has to be done.
    case symmetric
    /// A standardised post-quantum algorithm.
    case resistant

    /// What NCSC's timeline means for it.
    public var ncsc: String {
        switch self {
        case .weak: "replace now"
        case .vulnerable: "replace: known by 2028, the most important by 2031, all by 2035"
        case .undetermined: "find out by 2028"
        case .symmetric, .resistant: "keep"
        }
    }

    /// What ENISA's study means for it.
    public var enisa: String {
        switch self {
        case .weak: "replace now"
        case .vulnerable: "until it is replaced, combine it with a post-quantum scheme or mix pre-shared keys in"
        case .undetermined: "find out whether a hybrid is in use"
        case .symmetric, .resistant: "keep"
        }
    }
}
