import MartletCore
import MartletStore

/// The numbers of the names that one scan uses.
struct NameCache: Sendable {
    private(set) var numbers: [Names.Kind: [String: Int64]] = [:]

    /// Names beyond this number make a source suspicious: a million regions are not regions.
    static let maximumNames = 200_000

    /// The number of a name; nil when it has not been asked for.
    func number(of name: String, _ kind: Names.Kind) -> Int64? { numbers[kind]?[name] }

    /// Gets the numbers that are missing.
    mutating func resolve(
        _ names: Set<String>, _ kind: Names.Kind, tenant: Int64, _ connection: any Connection
    ) throws {
        let known = numbers[kind] ?? [:]
        let missing = names.filter { known[$0] == nil }
        guard !missing.isEmpty else { return }
        guard known.count + missing.count <= Self.maximumNames else {
            throw MartletError(.limit, "The source names more than \(Self.maximumNames) \(kind.rawValue).")
        }
        let found = try Names.numbers(of: Array(missing), kind: kind, tenant: tenant, connection)
        numbers[kind, default: [:]].merge(found) { old, _ in old }
    }
}
