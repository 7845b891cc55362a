import MartletCore
import MartletStore

/// The secrets of a tenant: sealed before they reach the store, opened after they leave it.
public struct Secrets: Sendable {
    let store: Store

    /// Works on the secrets of the store's tenant.
    public init(store: Store) { self.store = store }

    /// Seals a value with the ring's first key and keeps it in the place of an earlier one of its name.
    public func set(
        _ name: SecretName, to value: SecretValue, keys: SecretKeyRing, hooks: ChangeHooks = .none
    ) async throws {
        let label = SecretLabel(tenant: store.tenant, name: name.text, kind: value.kind.rawValue)
        let sealed = try SealedSecret.seal(value.encoded(), as: label, with: keys.first)
        let secret = StoredSecret(
            name: label.name, kind: label.kind, sealed: sealed.bytes, keyID: sealed.keyID)
        try await store.database.write { connection in
            try EditLock.secrets.take(tenant: label.tenant, connection)
            try hooks.before(connection)
            try SecretRecords.set(secret, tenant: label.tenant, connection)
            try hooks.after(connection)
        }
    }

    /// Opens a secret.
    ///
    /// - Throws: ``MartletError`` `not_found` without such a secret; `secret_key_unknown` when the ring does not have its
    ///   key; `secret_tampered` when it is not what was sealed under this tenant, name and kind.
    public func open(_ name: SecretName, keys: SecretKeyRing) async throws -> SecretValue {
        let tenant = store.tenant
        let stored = try await store.database.read {
            try SecretRecords.secret(named: name.text, tenant: tenant, $0)
        }
        guard let stored else {
            throw MartletError(.notFound, "There is no secret '\(name.text)'; martlet secret list shows them.")
        }
        let bytes = try Self.plaintext(stored, tenant: tenant, keys)
        guard let kind = SecretKind(rawValue: stored.kind) else {
            throw MartletError(.secretTampered, "The secret '\(name.text)' is of a kind this program does not know.")
        }
        return try SecretValue.decode(bytes, kind: kind)
    }

    /// Removes a secret; false when there is none. Needs no key.
    public func remove(_ name: SecretName, hooks: ChangeHooks = .none) async throws -> Bool {
        let tenant = store.tenant
        return try await store.database.write { connection in
            try EditLock.secrets.take(tenant: tenant, connection)
            try hooks.before(connection)
            guard try SecretRecords.remove(named: name.text, tenant: tenant, connection) else { return false }
            try hooks.after(connection)
            return true
        }
    }

    static func plaintext(_ stored: StoredSecret, tenant: Int64, _ keys: SecretKeyRing) throws -> SecretBytes {
        let label = SecretLabel(tenant: tenant, name: stored.name, kind: stored.kind)
        return try SealedSecret(bytes: stored.sealed).open(as: label, with: keys)
    }
}
