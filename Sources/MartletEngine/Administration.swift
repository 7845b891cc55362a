import MartletCore
import MartletPolicy
import MartletStore

/// Changes to a tenant's frameworks, mutes and accounts, each followed by a re-evaluation of what is published.
///
/// A change marks the postures it touches as pending in its own transaction; each account is then recomputed in one of
/// its own. After a crash between the two, the next command finishes (``finishPending()``).
public struct Administration: Sendable {
    let store: Store

    /// Changes the store's own tenant only; ``copy(to:)`` alone concerns all.
    public init(store: Store) { self.store = store }

    /// A change that concerns more accounts than these, and that nobody waits for, is a worker's work.
    public static let accountsAtOnce = 1

    /// Adds frameworks, or newer contents of known ones; all or none. Gives the ids of those that changed anything.
    @discardableResult
    public func addFrameworks(
        _ files: [(fileName: String, bytes: [UInt8])],
        also: @escaping @Sendable (String, any Connection) throws -> Void = { _, _ in }
    ) async throws -> [String] {
        try await addFrameworks(files, mode: .atOnce, also: also).changed
    }

    /// The same, and how the change reaches the postures.
    ///
    /// - Parameter also: What belongs into the same transaction, behind each framework that changed; it gets its id.
    public func addFrameworks(
        _ files: [(fileName: String, bytes: [UInt8])], mode: Reevaluation.Mode, hooks: ChangeHooks = .none,
        also: @escaping @Sendable (String, any Connection) throws -> Void = { _, _ in }
    ) async throws -> (changed: [String], reevaluation: Reevaluation) {
        let frameworks = try files.map { try Framework.load(bytes: $0.bytes, fileName: $0.fileName) }
        var seen: Set<String> = []
        for (framework, file) in zip(frameworks, files) where !seen.insert(framework.id).inserted {
            throw MartletError(.usage, "Two files give a framework with the id \(framework.id).", place: file.fileName)
        }
        let tenant = store.tenant
        return try await change(mode, .frameworks, hooks) { connection in
            var changed: [String] = []
            var providers: Set<String> = []
            for framework in frameworks.sorted(by: { $0.id < $1.id }) {
                let isNew = try FrameworkRecords.activate(framework, tenant: tenant, connection)
                guard isNew else { continue }
                changed.append(framework.id)
                try also(framework.id, connection)
                providers.formUnion(framework.providers)
            }
            return (changed, .providers(Array(providers)))
        }
    }

    /// Takes a framework out of use. Scans of the past keep their rows of it.
    @discardableResult
    public func removeFramework(
        _ id: String, mode: Reevaluation.Mode = .atOnce, hooks: ChangeHooks = .none
    ) async throws -> Reevaluation {
        let tenant = store.tenant
        return try await change(mode, .frameworks, hooks) { connection in
            guard try FrameworkRecords.deactivate(id: id, tenant: tenant, connection) else {
                throw MartletError(.notFound, "There is no framework \(id); martlet frameworks list shows them.")
            }
            return ((), .all)
        }.reevaluation
    }

    /// Copies the whole store, all tenants, into one that is still empty.
    public func copy(to url: String) async throws {
        let target = try await Store.open(url: url, tenant: store.tenantName)
        do {
            try await StoreCopy.copy(from: store, to: target)
            await target.close()
        } catch {
            await target.close()
            throw error
        }
    }
}
