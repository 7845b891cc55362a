import MartletCore

/// What the platforms' ids of accounts look like, so that a slip of the pen is refused before it is an account.
enum AccountUID {
    /// Throws 400 for an id that the platform cannot have given.
    static func check(_ uid: String, of provider: Provider) throws(APIError) {
        guard 1...250 ~= uid.utf8.count, !uid.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
        else { throw wrong("1 to 250 bytes without control characters") }
        switch provider.name {
        case "aws":
            guard uid.utf8.count == 12, uid.utf8.allSatisfy(isDigit) else { throw wrong("12 digits") }
        case "azure":
            guard UUIDText.canonical(uid) != nil else { throw wrong("the UUID of a subscription") }
        case "gcp":
            guard 6...30 ~= uid.utf8.count, uid.utf8.allSatisfy({ isLower($0) || isDigit($0) || $0 == 0x2D }),
                uid.utf8.first.map(isLower) == true
            else { throw wrong("the id of a project: 6 to 30 lower-case letters, digits and hyphens, a letter first") }
        case "github":
            guard 1...39 ~= uid.utf8.count else { throw wrong("a name of at most 39 characters") }
        default: break
        }
    }

    /// The alias of a request: 3 to 100 characters, or none.
    static func alias(_ input: ResourceInput) throws(APIError) -> String? {
        guard let alias = input.string("alias"), !alias.isEmpty else { return nil }
        guard 3...100 ~= alias.count, !alias.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
            throw .field("/data/attributes/alias", "An alias has 3 to 100 characters.")
        }
        return alias
    }

    private static func wrong(_ expectation: String) -> APIError {
        .field("/data/attributes/uid", "The uid of this provider is \(expectation).")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
    private static func isLower(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte }
}
