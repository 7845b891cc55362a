import MartletCore

/// Remembers answers of calls that several items may make, as text, so that each is made once.
///
/// Bounded: what does not fit is asked for again.
actor CallMemo {
    private enum Entry {
        case running(Task<Result<JSONValue, CallFailure>, Never>)
        case known([UInt8])
        case failed(CallFailure)
    }

    private var entries: [String: Entry] = [:]
    private var bytes = 0

    /// Bytes of answers that are kept: texts of some ten thousand objects.
    private static let limit = 32 << 20
    /// What a call that failed counts for.
    private static let failureBytes = 1_000

    /// The answer under a key: remembered, awaited, or made by `ask`.
    func answer(
        _ key: String, ask: @escaping @Sendable () async -> Result<JSONValue, CallFailure>
    ) async -> Result<JSONValue, CallFailure> {
        switch entries[key] {
        case .known(let text):
            if let document = try? JSONValue.parse(text) { return .success(document) }
            return await ask()
        case .failed(let failure): return .failure(failure)
        case .running(let task): return await Self.value(of: task)
        case nil:
            // Not a child of whoever asks first: others wait for it, too. A cancelled scan cancels all of them.
            let task = Task { await ask() }
            entries[key] = .running(task)
            let result = await Self.value(of: task)
            keep(result, key)
            return result
        }
    }

    private static func value(
        of task: Task<Result<JSONValue, CallFailure>, Never>
    ) async -> Result<JSONValue, CallFailure> {
        await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }

    private func keep(_ result: Result<JSONValue, CallFailure>, _ key: String) {
        switch result {
        case .success(let document):
            let text = Array(document.text.utf8)
            keep(.known(text), text.count, key)
        case .failure(let failure): keep(.failed(failure), Self.failureBytes, key)
        }
    }

    private func keep(_ entry: Entry, _ size: Int, _ key: String) {
        let size = size + key.utf8.count
        guard bytes + size <= Self.limit else {
            entries[key] = nil
            return
        }
        bytes += size
        entries[key] = entry
    }
}
