/// A framework made ready for one account: its requirements in the order of the framework, for the account's provider.
public struct CompiledFramework: Sendable, Hashable {
    /// The requirements; a row names one by its position here.
    public let requirements: [CompiledRequirement]

    /// Takes the requirements as they are; there may be none.
    public init(requirements: [CompiledRequirement]) {
        self.requirements = requirements
    }
}
