import MartletCore
import MartletPolicy

/// The checks of a scan before anything was collected. They are named by their places, from 0.
public protocol ItemChecks: Sendable {
    /// What each check needs.
    var needs: [CheckNeeds] { get }

    /// What findings of a check carry of it.
    func metadata(of place: Int) -> CheckMetadata

    /// The checks with the items that they need as a whole, by collector: a list, or the call that failed.
    func ready(with held: [String: CollectedAnswer], account: ScannedAccount) -> any ReadyChecks
}

/// Checks that can look at items.
public protocol ReadyChecks: Sendable {
    /// What checks say of an item, in the order of `places`.
    func evaluate(_ places: [Int], on item: CollectedItem) -> [[CheckOutcome]]
}
