import MartletCore
import MartletEngine
import MartletStore

/// The order of a scan that a request asks for.
enum ScanRequest {
    /// Reads and checks what can be checked before anything is queued.
    ///
    /// - Throws: 422 for a source that this account cannot be scanned by; 404 for one that there is not.
    static func order(
        _ input: ResourceInput, of account: AccountKey, _ reader: StoreReader
    ) throws -> ScanOrder {
        var order = ScanOrder(source: try source(input.string("source"), of: account, reader))
        if let scope = input.string("scope").flatMap(ImportScope.init(rawValue:)) { order.scope = scope }
        order.filters = ScanFilters(
            checks: input.strings("checks") ?? [], services: input.strings("services") ?? [],
            regions: input.strings("regions") ?? [],
            severities: (input.strings("severities") ?? []).compactMap { Severity(name: $0) })
        return order
    }

    /// A source that programs may name: never a file, which would be one of the server's.
    static func source(_ named: String?, of account: AccountKey, _ reader: StoreReader) throws -> String {
        let sources = try reader.externalSources().map(\.name)
        let pointer = ResourceInput.pointer("source")
        guard let named else {
            let hasCredentials = try hasCredentials(account, reader)
            if let source = DefaultSource.source(of: account, external: sources, hasCredentials: hasCredentials) {
                return source
            }
            if sources.isEmpty, DefaultSource.isNative(account) {
                throw APIError.impossible(
                    "The provider has no secret to scan it with; add one by POST /api/v1/providers/secrets.",
                    pointer: pointer)
            }
            throw APIError.impossible(
                sources.isEmpty
                    ? "There is no source that could scan this provider; add one by martlet source add, or upload findings."
                    : "Say which source is to scan: \(sources.map { "external:\($0)" }.joined(separator: ", ")).",
                pointer: pointer)
        }
        if named == account.provider.name, DefaultSource.isNative(account) { return named }
        guard named.hasPrefix("external:"), named.utf8.count > 9 else {
            throw APIError.impossible(
                "A source is external:NAME, of those that /api/v1/sources lists, or azure for an account of Azure.",
                pointer: pointer)
        }
        guard sources.contains(String(named.dropFirst(9))) else {
            var error = APIError.notFound("There is no source of this name; /api/v1/sources lists them.")
            error.source = .pointer(pointer)
            throw error
        }
        return named
    }

    /// Whether there is a secret with the account's credentials.
    static func hasCredentials(_ account: AccountKey, _ reader: StoreReader) throws -> Bool {
        guard let name = SecretShape.name(of: account) else { return false }
        return try reader.hasSecret(name.text)
    }

    /// Tells what the queue refuses in the API's words: what cannot run is 422, a change that comes too late 409.
    static func queueing<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as MartletError {
            switch error.code {
            case .invalidInput, .usage: throw APIError.impossible(error.message)
            default: throw error
            }
        }
    }
}
