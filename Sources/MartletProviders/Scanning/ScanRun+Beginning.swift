import MartletCore

extension ScanRun {
    /// Makes sure that there is something to scan, and tells what the subscription is called.
    ///
    /// - Throws: ``MartletError``: `denied` when the credentials are refused, `not_found` when there is no such
    ///   subscription for them, `io` when Azure does not answer. An identity that may not read the subscription itself
    ///   goes on: it may be allowed to read what is in it.
    func begin(_ definition: CollectorDefinition?) async throws -> ScannedAccount {
        try await client.authenticate()
        var scanned = ScannedAccount(id: request.subscription)
        guard let definition, let host = AzureHost(rawValue: definition.host) else { return scanned }
        let account = request.account
        switch await object(definition.list, host: host, in: scope) {
        case .success(let document):
            scanned.name = document["displayName"]?.stringValue ?? ""
            scanned.tenant = document["tenantId"]?.stringValue ?? ""
            await sink.describe(account, AccountDescription(name: scanned.name, organization: scanned.tenant))
            return scanned
        case .failure(let failure) where failure.kind == .cancelled: throw CancellationError()
        case .failure(let failure) where failure.status == 401:
            throw MartletError(.denied, "Azure refuses the access token; it may have expired. \(failure.message)")
        case .failure(let failure) where failure.kind == .denied: return scanned
        case .failure(let failure) where failure.kind == .missing:
            throw MartletError(
                .notFound,
                "The identity sees no subscription \(request.subscription). Check the id, and that the identity has a "
                    + "role on it, such as Reader.")
        case .failure(let failure):
            throw MartletError(.io, "The subscription cannot be read: \(failure.message)", place: failure.call)
        }
    }
}
