import MartletCore

extension ScanRun {
    /// The items of a collector, page by page; a single one is a page of its own.
    ///
    /// - Returns: Why they are not all; nil when they are.
    func list(
        _ definition: CollectorDefinition, in scope: CollectedScope, take: ([JSONValue]) async throws -> Void
    ) async throws -> CallFailure? {
        guard let host = AzureHost(rawValue: definition.host) else {
            return CallFailure(.unsupported, call: definition.id, message: "Azure has no host '\(definition.host)'.")
        }
        let failure: CallFailure?
        do {
            if definition.isSingle {
                switch await object(definition.list, host: host, in: scope) {
                case .success(.null): failure = nil
                case .success(let document):
                    try await take([document])
                    failure = nil
                case .failure(let reason): failure = reason
                }
            } else {
                failure = try await client.pages(definition.list, host: host, in: scope, take: take)
            }
        } catch is HeldBudget.Exhausted {
            failure = CallFailure(
                .errored, call: definition.list.path.description,
                message: "There is more of it than a scan keeps at a time (\(HeldItems.limit >> 20) MiB).")
        }
        if failure?.kind == .cancelled { throw CancellationError() }
        return failure
    }

    /// One object, asked for once whoever needs it.
    func object(
        _ request: CollectorRequest, host: AzureHost, in scope: CollectedScope
    ) async -> Result<JSONValue, CallFailure> {
        let key = request.path.url(in: scope) ?? request.path.description
        let client = client
        return await memo.answer(key) { await client.object(request, host: host, in: scope) }
    }

    /// What was fetched of an item's children.
    func children(
        _ children: [CollectorChild], of scope: CollectedScope, host: AzureHost, _ held: [String: HeldItems]
    ) async throws -> [String: CollectedAnswer] {
        guard children.count > 1 else {
            guard let child = children.first else { return [:] }
            return [child.name: try await answer(child, of: scope, host: host, held)]
        }
        return try await withThrowingTaskGroup(of: (String, CollectedAnswer).self) { group in
            for child in children {
                group.addTask { (child.name, try await self.answer(child, of: scope, host: host, held)) }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    private func answer(
        _ child: CollectorChild, of scope: CollectedScope, host: AzureHost, _ held: [String: HeldItems]
    ) async throws -> CollectedAnswer {
        guard let path = child.forEach else { return try await call(child, in: scope, host: host) }
        var answers: [CollectedAnswer] = []
        for value in path.values(in: scope.item) {
            var scope = scope
            scope.each = value
            if let lookUp = child.lookUp, let id = value["id"]?.stringValue, let item = held[lookUp]?.item(id: id) {
                answers.append(.document(item))
            } else {
                answers.append(try await call(child, in: scope, host: host))
            }
        }
        return .list(answers)
    }

    private func call(
        _ child: CollectorChild, in scope: CollectedScope, host: AzureHost
    ) async throws -> CollectedAnswer {
        let result: Result<JSONValue, CallFailure>
        if child.request.items != nil {
            var items: [JSONValue] = []
            let failure = try await client.pages(child.request, host: host, in: scope) { page in
                items += page
                guard items.count <= Self.maximumChildItems else { throw HeldBudget.Exhausted() }
            }
            result = failure.map { .failure($0) } ?? .success(.array(items))
        } else if child.isShared {
            result = await object(child.request, host: host, in: scope)
        } else {
            result = await client.object(child.request, host: host, in: scope)
        }
        switch result {
        case .success(let document): return .document(document)
        case .failure(let failure) where failure.kind == .cancelled: throw CancellationError()
        case .failure(let failure): return .failed(failures.key(of: failure))
        }
    }

    /// Items of one child of one item; more is not what a resource has.
    private static let maximumChildItems = 100_000
}
