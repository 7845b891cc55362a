import MartletCore

/// The coverage states that the sources of an account gave for one check in one region; empty when none said anything.
public struct CoverageSet: OptionSet, Sendable, Hashable {
    /// Bit `n - 1` stands for the ``CoverageState`` with raw value `n`.
    public let rawValue: UInt8

    /// Makes a set from its bits; bits that stand for no state are kept and mean nothing.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The set of one state.
    public init(_ state: CoverageState) { rawValue = 1 << UInt8(state.rawValue - 1) }

    /// The states by which a check counts as evaluated even where it has no finding.
    public static let evaluated = CoverageSet(CoverageState.allCases.filter(\.isEvaluated).map { CoverageSet($0) })
    /// The states that make a requirement ERROR: denied and errored.
    public static let failedToRun: CoverageSet = [CoverageSet(.denied), CoverageSet(.errored)]
    /// The states that make a requirement INCOMPLETE: skipped and unsupported.
    public static let notRun: CoverageSet = [CoverageSet(.skipped), CoverageSet(.unsupported)]

    /// Adds a state.
    public mutating func insert(_ state: CoverageState) { formUnion(CoverageSet(state)) }

    /// Whether a state is in the set.
    public func contains(_ state: CoverageState) -> Bool { isSuperset(of: CoverageSet(state)) }
}
