import MartletCore
import MartletPolicy
import MartletStore

/// What evaluation needs of a tenant's frameworks, by their numbers in the store, parsed.
public struct FrameworkCatalog: Sendable {
    private var frameworks: [Int64: Framework] = [:]

    /// A catalog that knows nothing yet and reads each framework when it is needed.
    public init() {}

    /// Reads and parses every active framework, outside of any write transaction.
    public static func load(_ store: Store) async throws -> FrameworkCatalog {
        let tenant = store.tenant
        return try await store.database.readRetrying { connection in
            var catalog = FrameworkCatalog()
            _ = try catalog.active(tenant: tenant, connection)
            return catalog
        }
    }

    /// The frameworks that are active in this transaction, ascending by number. One that was activated since the catalog
    /// was loaded is read now.
    mutating func active(
        tenant: Int64, _ connection: any Connection
    ) throws -> [(number: Int64, framework: Framework)] {
        let numbers = try FrameworkRecords.active(tenant: tenant, connection)
        if numbers.contains(where: { frameworks[$0] == nil }) {
            let known = frameworks
            let found = try FrameworkRecords.loadForEvaluation(
                tenant: tenant, except: { known[$0] != nil || !numbers.contains($0) }, connection)
            frameworks.merge(found) { old, _ in old }
        }
        return numbers.compactMap { number in frameworks[number].map { (number, $0) } }
    }
}
