import MartletCore
import MartletStore

extension Secrets {
    /// Secrets of one transaction of a rotation.
    static let portionSize = 20
    /// How often a rotation starts over because others set secrets at the same time.
    private static let attempts = 100

    /// Seals every secret of **all tenants** with the ring's first key: a key belongs to the installation, not to a tenant.
    ///
    /// Works in transactions of a few secrets each. May be interrupted at any moment, run again, and run by several at
    /// once: a secret is sealed by its old key or by the new one, and a ring with both opens either. One that cannot be
    /// opened is left as it is and reported.
    ///
    /// - Parameter also: What belongs into the first transaction, and into that in which the first secrets of another tenant
    ///   are sealed anew; it gets the tenant's number.
    public func rotate(
        keys: SecretKeyRing, also: @escaping @Sendable (Int64, any Connection) throws -> Void = { _, _ in }
    ) async throws -> SecretRotation {
        var rotation = SecretRotation(keyID: keys.first.id)
        let own = store.tenant
        // The keys that sign tokens belong to no tenant.
        rotation.resealed += try await store.database.scoped(to: .dispatch).write { connection in
            let count = try SigningKeys.reseal(keys, connection)
            try connection.enter(.tenant(own))
            try also(own, connection)
            return count
        }
        for tenant in try await store.tenants() {
            var attempt = 0
            var isTold = tenant == own
            while true {
                let part = try await pass(tenant, keys, also: isTold ? nil : also)
                rotation.resealed += part.resealed
                isTold = isTold || part.resealed > 0
                guard part.missed else {
                    rotation.failures += part.failures
                    break
                }
                attempt += 1
                guard attempt < Self.attempts else {
                    throw MartletError(
                        .conflict, "Others keep on setting secrets; give them the new key, then try again.")
                }
            }
        }
        return rotation
    }

    private struct Part: Sendable {
        var resealed = 0
        var failures: [SecretRotation.Failure] = []
        /// A secret was set while it was being sealed.
        var missed = false
        /// The last name that was looked at; nil when there is no more.
        var last: String?
    }

    /// Goes once through a tenant's secrets.
    private func pass(
        _ tenant: Int64, _ keys: SecretKeyRing, also: (@Sendable (Int64, any Connection) throws -> Void)?
    ) async throws -> Part {
        let database = store.database.scoped(to: .tenant(tenant))
        var whole = Part(last: "")
        while let name = whole.last {
            let isFirst = whole.resealed == 0
            let part = try await database.write { connection in
                let part = try Self.portion(after: name, tenant, keys, connection)
                if isFirst, part.resealed > 0 { try also?(tenant, connection) }
                return part
            }
            whole.resealed += part.resealed
            whole.failures += part.failures
            whole.missed = whole.missed || part.missed
            whole.last = part.last
        }
        return whole
    }

    private static func portion(
        after name: String, _ tenant: Int64, _ keys: SecretKeyRing, _ connection: any Connection
    ) throws -> Part {
        let secrets = try SecretRecords.sealed(
            otherThanBy: keys.first.id, after: name, limit: portionSize, tenant: tenant, connection)
        var part = Part(last: secrets.last?.name)
        for secret in secrets {
            let sealed: SealedSecret
            do {
                let label = SecretLabel(tenant: tenant, name: secret.name, kind: secret.kind)
                sealed = try SealedSecret.seal(plaintext(secret, tenant: tenant, keys), as: label, with: keys.first)
            } catch let error as MartletError {
                part.failures.append(.init(tenant: tenant, name: secret.name, error: error))
                continue
            }
            let isTaken = try SecretRecords.reseal(
                secret, as: sealed.bytes, keyID: sealed.keyID, tenant: tenant, connection)
            if isTaken { part.resealed += 1 } else { part.missed = true }
        }
        return part
    }
}
