import MartletCore

/// The name of a secret within its tenant: 1 to 128 of `A-Z`, `a-z`, `0-9`, `.`, `_`, `-` and `/`.
public struct SecretName: Sendable, Hashable {
    /// The name.
    public let text: String

    /// Takes a text as a name.
    ///
    /// - Throws: ``MartletError`` `usage` for anything else. What was given is not repeated: it may be the secret.
    public init(_ text: String) throws {
        guard (1...128).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else {
            throw MartletError(.usage, "a secret's name has 1 to 128 letters, digits and ._-/")
        }
        self.text = text
    }

    /// It holds the credentials of an account: ``NativeScans/secretName(of:)``.
    public var isOfAccount: Bool { text.hasPrefix("accounts/") }

    /// Its UUID for programs.
    public var identifier: String {
        var hasher = ContentHasher()
        hasher.add("secret identifier")
        hasher.add(text)
        return hasher.finish().uuid(version: 8)
    }

    static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "-")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
