import MartletCore

/// How an endpoint is called so that all is well: what the walk cannot find out by itself.
struct WalkCall: Sendable {
    /// The values of the path's parameters; what they name is made for this call, in the first tenant.
    var values: @Sendable (WalkPlace) async throws -> [String: String] = { _ in [:] }
    /// What follows the path, with its question mark.
    var query: @Sendable (WalkPlace) async throws -> String = { _ in "" }
    /// The document, which may name the path's values.
    var body: @Sendable (WalkPlace, [String: String]) async throws -> JSONValue? = { _, _ in nil }
    /// What an owner of the first tenant may get.
    var expected: Set<Int> = [200, 201, 202, 204]
}
