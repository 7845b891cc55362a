/// A user to be made.
public struct UserDraft: Sendable {
    /// In lower case.
    public var email: String
    /// The name for people.
    public var name: String
    /// Where the user works; may be empty.
    public var companyName: String
    /// The hash of the password; nil where an identity provider vouches for the user.
    public var password: String?
    /// The issuer and subject at an identity provider.
    public var identity: (issuer: String, subject: String)?

    /// Puts one together.
    public init(
        email: String, name: String, companyName: String = "", password: String?,
        identity: (issuer: String, subject: String)? = nil
    ) {
        self.email = email
        self.name = name
        self.companyName = companyName
        self.password = password
        self.identity = identity
    }
}
