import MartletCore

extension AzureClient {
    /// Gets a token and reads the subscription: what every scan begins with. Returns when both have succeeded.
    ///
    /// - Throws: ``MartletError``: `denied` when the credentials are refused, or their identity may not read the
    ///   subscription; `not_found` when it sees no such subscription; `io` when Azure does not answer, or its hosts have
    ///   addresses that must not be connected to.
    public func testConnection(of request: AzureScanRequest) async throws {
        try await authenticate()
        guard let host = addresses.cloud.host(of: .arm) else {
            throw MartletError(.usage, "The cloud \(addresses.cloud.rawValue) has no Azure Resource Manager.")
        }
        let path = "/subscriptions/\(request.subscription)"
        let call = AzureCall(
            host: .arm, url: "https://\(host)\(path)?api-version=2022-12-01", label: path,
            permission: "Microsoft.Resources/subscriptions/read")
        switch await answer(call) {
        case .success(let answer):
            let id = answer.document["subscriptionId"]?.stringValue?.lowercased()
            guard id == request.subscription else {
                throw MartletError(.io, "Azure answered, but not with the subscription.", place: host)
            }
        case .failure(let failure) where failure.kind == .cancelled: throw CancellationError()
        case .failure(let failure) where failure.status == 401:
            throw MartletError(.denied, "Azure refuses the access token; it may have expired. \(failure.message)")
        case .failure(let failure) where failure.kind == .denied:
            throw MartletError(
                .denied,
                "The credentials are right, but their identity may not read the subscription; give it a role on it, such "
                    + "as Reader. \(failure.message)")
        case .failure(let failure) where failure.kind == .missing:
            throw MartletError(
                .notFound,
                "The identity sees no subscription \(request.subscription). Check the id, and that the identity has a "
                    + "role on it, such as Reader.")
        case .failure(let failure): throw MartletError(.io, failure.message, place: host)
        }
    }
}
