import MartletCore

/// A secret that a source hands to its scanner: which of the tenant's secrets, and as which variable.
///
/// Written `VARIABLE=NAME` for a secret of one text, `NAME` for one of fields, each of which becomes the variable of its
/// name. In a NAME `{account}` and `{provider}` stand for those of the scan, so that each account may have credentials of
/// its own: `accounts/{provider}/{account}`.
public struct ExternalSecret: Sendable, Hashable, CustomStringConvertible {
    /// The variable of the scanner's environment; nil where the secret's fields name theirs.
    public let variable: String?
    /// The secret's name, with placeholders.
    public let name: String

    /// Reads `VARIABLE=NAME` or `NAME`.
    ///
    /// Throws ``MartletError`` (`invalidInput`) that does not repeat the text, which may be the secret itself.
    public init(_ text: String, place: String? = nil) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        variable = parts.count > 1 ? parts[0] : nil
        name = parts.last ?? ""
        try validate(place: place)
    }

    /// As it is written.
    public var description: String { (variable.map { "\($0)=" } ?? "") + name }

    /// The kind that the secret must be of.
    public var kind: SecretKind { variable == nil ? .fields : .text }

    /// Whether every account gets the same secret.
    public var isShared: Bool { ExternalCommand.placeholders(in: name).isEmpty }

    /// The name of the secret for a scan of an account. Throws ``MartletError`` (`invalidInput`) for an account whose id
    /// has characters that names of secrets have not.
    public func secretName(for account: AccountKey) throws -> SecretName {
        let values: [ExternalPlaceholder: [String]] = [.account: [account.uid], .provider: [account.provider.name]]
        let filled = ExternalCommand.filled(name, values).joined()
        do { return try SecretName(filled) } catch {
            throw MartletError(
                .invalidInput,
                "the id of the account \(account) cannot be part of a secret's name, which has 1 to 128 letters, digits "
                    + "and ._-/; give the source a secret without {account}")
        }
    }

    private func validate(place: String?) throws {
        if let variable { try ExternalEnvironment.check(name: variable, at: place) }
        let placeholders = ExternalCommand.placeholders(in: name)
        guard placeholders.allSatisfy({ $0 == "account" || $0 == "provider" }) else {
            throw MartletError(.invalidInput, "a secret's name may have {account} and {provider}", place: place)
        }
        let values: [ExternalPlaceholder: [String]] = [.account: ["a"], .provider: ["p"]]
        guard (try? SecretName(ExternalCommand.filled(name, values).joined())) != nil else {
            throw MartletError(
                .invalidInput,
                "a source's secret is VARIABLE=NAME or NAME; a NAME has letters, digits, ._-/, {account} and {provider}",
                place: place)
        }
    }
}
