/// What to change of a user; what is nil stays.
public struct UserChange: Sendable, Hashable {
    /// In lower case.
    public var email: String?
    /// The name for people.
    public var name: String?
    /// Where the user works.
    public var companyName: String?
    /// The hash of a new password.
    public var password: String?
    /// Whether the user may log in.
    public var isActive: Bool?

    /// Changes nothing.
    public init() {}

    /// The names of the fields that it changes, as the API calls them.
    public var fields: [String] {
        [
            (email != nil, "email"), (name != nil, "name"), (companyName != nil, "company_name"),
            (password != nil, "password"), (isActive != nil, "is_active"),
        ].filter(\.0).map(\.1)
    }
}
