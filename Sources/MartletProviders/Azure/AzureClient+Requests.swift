import MartletCore

extension AzureClient {
    /// The one object of a request; `null` where there is nothing and the request says that this is a fact.
    func object(
        _ request: CollectorRequest, host: AzureHost, in scope: CollectedScope
    ) async -> Result<JSONValue, CallFailure> {
        do throws(CallFailure) {
            let call = try addresses.call(request, path: request.path, host: host, in: scope)
            switch await answer(call) {
            case .success(let answer):
                guard answer.document.objectValue != nil else {
                    throw CallFailure.wrongType("an object", answer.document, call)
                }
                return .success(answer.document)
            case .failure(let failure):
                if let status = failure.status, request.isAbsent(status: status, code: failure.code) {
                    return .success(.null)
                }
                throw failure
            }
        } catch {
            return .failure(error)
        }
    }

    /// All items of a request, page by page.
    ///
    /// - Parameter take: Gets the items of a page as soon as it is there; the next is fetched when it returns.
    /// - Returns: Why the list ended before its end; nil when it is whole.
    /// - Throws: What `take` throws.
    func pages(
        _ request: CollectorRequest, host: AzureHost, in scope: CollectedScope, take: ([JSONValue]) async throws -> Void
    ) async throws -> CallFailure? {
        guard let items = request.items else { return nil }
        var call: AzureCall
        do throws(CallFailure) {
            call = try addresses.call(request, path: request.path, host: host, in: scope)
        } catch {
            return error
        }
        var pages = PageGuard()
        var isFirst = true
        while true {
            var result = await answer(call)
            if isFirst, case .failure(let failure) = result {
                if let status = failure.status, request.isAbsent(status: status, code: failure.code) { return nil }
                if let other = await fallback(request, after: failure, host: host, in: scope) {
                    (call, result) = other
                }
            }
            isFirst = false
            let answer: AzureAnswer
            switch result {
            case .success(let success): answer = success
            case .failure(let failure): return failure
            }
            guard let page = items.value(in: answer.document)?.arrayValue else {
                return .wrongType("a list at '\(items)'", answer.document, call)
            }
            try await take(page)
            guard let link = Self.nextLink(of: answer, after: call) else { return nil }
            if let obstacle = pages.obstacle(items: page.count, next: link) { return .paging(obstacle, call) }
            guard let next = addresses.call(after: call, link: link) else {
                return .paging("The link to the next page leads to another host.", call)
            }
            call = next
        }
    }

    private func fallback(
        _ request: CollectorRequest, after failure: CallFailure, host: AzureHost, in scope: CollectedScope
    ) async -> (AzureCall, Result<AzureAnswer, CallFailure>)? {
        guard failure.status == 400 || failure.status == 404, let path = request.fallback,
            let call = try? addresses.call(request, path: path, host: host, in: scope)
        else { return nil }
        return (call, await answer(call))
    }

    /// Where the next page is; an empty link is none.
    private static func nextLink(of answer: AzureAnswer, after call: AzureCall) -> String? {
        if let token = answer.continuation, !token.isEmpty { return continued(call.url, token) }
        let link = answer.document["nextLink"]?.stringValue ?? answer.document["@odata.nextLink"]?.stringValue
        return link?.isEmpty == false ? link : nil
    }

    /// The same URL with another token of continuation.
    private static func continued(_ url: String, _ token: String) -> String {
        let name = "continuationToken="
        let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var query = parts.count > 1 ? parts[1].split(separator: "&").map(String.init) : []
        query.removeAll { $0.hasPrefix(name) }
        query.append(name + URLText.component(token))
        return "\(parts[0])?\(query.joined(separator: "&"))"
    }
}

extension CallFailure {
    static func wrongType(_ expected: String, _ document: JSONValue, _ call: AzureCall) -> CallFailure {
        CallFailure(
            .errored, call: call.label, message: "Expected is \(expected); Azure answered with \(document.typeName).",
            permission: call.permission)
    }

    static func paging(_ message: String, _ call: AzureCall) -> CallFailure {
        CallFailure(.errored, call: call.label, message: message, permission: call.permission)
    }
}
