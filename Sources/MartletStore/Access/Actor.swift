/// Who changes something, and from where: what the audit log says of it.
public struct Actor: Sendable, Hashable {
    /// What kind of actor it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A user who logged in.
        case user
        /// A program with an API key.
        case apiKey = "api_key"
        /// Whoever may use the database, by the command line.
        case commandLine = "command_line"
        /// Martlet itself.
        case system
        /// Nobody known yet: a login, the acceptance of an invitation.
        case anonymous
    }

    /// What kind of actor it is.
    public var kind: Kind
    /// The id of the user or key; nil for the others.
    public var id: String?
    /// The user's email, the key's prefix, the login at the command line.
    public var name: String
    /// The address the request came from; nil where there was none.
    public var address: String?
    /// The id of the request, which its answer carries, too.
    public var requestID: String?

    /// Puts one together.
    public init(_ kind: Kind, id: String? = nil, name: String, address: String? = nil, requestID: String? = nil) {
        self.kind = kind
        self.id = id
        self.name = name
        self.address = address
        self.requestID = requestID
    }

    /// Somebody at the command line, by the name of the system's user.
    public static func commandLine(_ login: String) -> Actor { Actor(.commandLine, name: login) }
    /// Martlet itself.
    public static let system = Actor(.system, name: "martlet")
}
