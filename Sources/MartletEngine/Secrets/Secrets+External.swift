import MartletCore
import MartletStore

extension Secrets {
    /// The variables with their values that a source's secrets make for a scan of an account. Without secrets no key is
    /// asked for.
    ///
    /// - Parameter keys: Gives the keys.
    /// - Throws: ``MartletError``: `not_found` for a secret that is not there, `invalid_input` for one of another kind, or
    ///   whose values or fields no environment can hold; and what ``open(_:keys:)`` throws. No value is in any message.
    public func variables(
        of source: ExternalSource, for account: AccountKey, keys: () async throws -> SecretKeyRing
    ) async throws -> [String: String] {
        guard !source.secrets.isEmpty else { return [:] }
        let keys = try await keys()
        var variables: [String: String] = [:]
        for secret in source.secrets {
            let name = try secret.secretName(for: account)
            let value = try await open(name, keys: keys)
            guard value.kind == secret.kind else { throw Self.otherKind(secret, name) }
            for (variable, bytes) in Self.variables(of: value, secret) {
                let text = bytes.withUnsafeBytes { String(validating: $0, as: UTF8.self) }
                guard let text else {
                    throw MartletError(.invalidInput, "its value for \(variable) is no text", place: name.text)
                }
                try ExternalEnvironment.check(name: variable, at: name.text)
                guard variables.updateValue(text, forKey: variable) == nil, source.environment[variable] == nil else {
                    throw MartletError(
                        .invalidInput, "the variable \(variable) is given to the source \(source.name) twice",
                        place: name.text)
                }
            }
        }
        return variables
    }

    /// Checks that secrets of a source are there under the names that they have for an account, without opening any.
    ///
    /// Throws ``MartletError`` `not_found` or `invalid_input`.
    static func require(
        _ secrets: [(secret: ExternalSecret, name: SecretName)], tenant: Int64, _ connection: any Connection
    ) throws {
        for (secret, name) in secrets {
            guard let stored = try SecretRecords.secret(named: name.text, tenant: tenant, connection) else {
                // A shared name may be a value that was typed in the name's place.
                throw MartletError(
                    .notFound,
                    secret.isShared
                        ? "there is no secret of the name that the source gives; martlet secret list shows what there is"
                        : "the source needs a secret '\(name.text)' for this account; martlet secret set \(name.text)",
                    place: secret.variable ?? "--secret")
            }
            guard stored.kind == secret.kind.rawValue else { throw otherKind(secret, name) }
        }
    }

    private static func variables(
        of value: SecretValue, _ secret: ExternalSecret
    ) -> [(variable: String, bytes: SecretBytes)] {
        switch value.content {
        case .text(let bytes): [(secret.variable ?? "", bytes)]
        case .fields(let fields): fields.map { ($0.name, $0.value) }
        }
    }

    private static func otherKind(_ secret: ExternalSecret, _ name: SecretName) -> MartletError {
        MartletError(
            .invalidInput,
            secret.variable == nil
                ? "it is one text; give the source VARIABLE=\(name.text), or set it as fields (--from-env)"
                : "it has fields, which name their variables; give the source the name alone, or set it with --text",
            place: name.text)
    }
}
