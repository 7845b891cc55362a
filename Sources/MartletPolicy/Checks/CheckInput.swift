import MartletCEL
import MartletCore

/// What a check is given of one item.
public struct CheckInput: Sendable {
    /// The item exactly as the provider's API gave it.
    public var resource: CELValue
    /// A map from the names of children to their answers: an object, or a list where the child has items.
    public var child: CELValue
    /// A map from the names of a collector's `from` to the items below which this one was listed; empty without `from`.
    public var parent: CELValue
    /// A map from the names of `with` to what ``CheckData/arrange(_:)`` made of the items.
    public var data: CELValue
    /// A map with `id`, `name` and `tenant` of the account.
    public var account: CELValue
    /// The time at which the scan looks.
    public var now: Timestamp

    /// Makes an input from its parts.
    public init(
        resource: CELValue, child: CELValue, parent: CELValue, data: CELValue, account: CELValue, now: Timestamp
    ) {
        self.resource = resource
        self.child = child
        self.parent = parent
        self.data = data
        self.account = account
        self.now = now
    }
}
