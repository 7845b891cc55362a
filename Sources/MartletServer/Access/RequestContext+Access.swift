import MartletCore
import MartletEngine
import MartletHTTPServer
import MartletStore

extension RequestContext {
    /// The installation's logins and sessions.
    var access: Access {
        get throws(APIError) {
            guard let access = services.access else { throw .unavailable("Nobody can log in to this server.") }
            return access
        }
    }

    /// A name as a request gives it: within its length once white space around it is gone.
    func name(_ input: ResourceInput, _ attribute: String = "name", from least: Int = 1, to most: Int) throws(APIError)
        -> String?
    {
        guard let text = input.string(attribute) else { return nil }
        let name = text.trimmed
        guard (least...most).contains(name.count), !name.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
            throw .field(
                ResourceInput.pointer(attribute),
                "\(least) to \(most) characters are expected, and no control characters.",
                code: name.count < least ? "min_length" : "max_length")
        }
        return name
    }

    /// An email as a request gives it, in the form in which it is kept.
    func email(_ input: ResourceInput) throws(APIError) -> String? {
        guard let text = input.string("email") else { return nil }
        guard let email = EmailAddress.normalised(text) else {
            throw .field(ResourceInput.pointer("email"), "An email such as anna@example.com is expected.")
        }
        return email
    }

    /// A password as a request gives it, which is good enough for a user with this email.
    func password(_ input: ResourceInput, email: String) throws -> SecretBytes? {
        guard let text = input.string("password") else { return nil }
        let problems = PasswordRules.problems(with: text, email: email)
        let errors = problems.map { APIError.field(ResourceInput.pointer("password"), $0, code: "password_rules") }
        if let errors = APIErrors(errors) { throw errors }
        return try SecretBytes(text: text)
    }

    /// The ids of a relationship, each a UUID, in lower case.
    func ids(_ input: ResourceInput, _ relationship: String) throws(APIError) -> [String]? {
        guard let ids = input.many(relationship) else { return nil }
        var canonical: [String] = []
        for id in ids {
            guard let id = UUIDText.canonical(id) else {
                throw .field(ResourceInput.relationshipPointer(relationship), "'\(id.prefix(64))' is not a UUID.")
            }
            canonical.append(id)
        }
        return canonical
    }

    /// The numbers of the accounts that a relationship names by their ids; those that the caller does not see are none.
    func accounts(_ ids: [String], place: String) async throws -> [Int64] {
        let visibility = try principal.visibility
        let known = try await read { try AccountIdentifiers.load(tenant: $0, $1) }
        return try ids.map { id in
            guard let number = known.number(of: id), visibility.includes(number) else {
                throw APIError.field(place, "There is no provider \(id.prefix(64)).", code: "does_not_exist")
            }
            return number
        }
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...end])
    }
}

extension SecretBytes {
    /// Copies a text; the text itself stays in memory until it is given back.
    convenience init(text: String) throws {
        var text = text
        let bytes = text.withUTF8 { Array($0) }
        try self.init(count: bytes.count) { $0.copyBytes(from: bytes) }
    }
}
