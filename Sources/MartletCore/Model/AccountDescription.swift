/// What a source said of an account besides its identity; empty strings mean "not said".
public struct AccountDescription: Sendable, Hashable {
    /// The account's human name.
    public var name: String
    /// The organisation's id.
    public var organization: String
    /// The organisation's human name.
    public var organizationName: String

    /// Makes a description; what is left out was not said.
    public init(name: String = "", organization: String = "", organizationName: String = "") {
        self.name = name
        self.organization = organization
        self.organizationName = organizationName
    }
}
