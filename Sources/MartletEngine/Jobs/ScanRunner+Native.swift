import MartletCore
import MartletStore

extension ScanRunner {
    /// Scans an account with Martlet's own scanner and the account's sealed secret.
    func runNative(_ order: ScanOrder, of key: AccountKey, _ context: JobContext) async throws {
        guard let native else {
            throw MartletError(.usage, "This worker does not scan by itself; start one that does.")
        }
        let store = context.store
        let secret = try await Secrets(store: store).open(
            try NativeScans.secretName(of: key), keys: try await native.keys(store))
        let source = try await native.open(key, order.filters, secret, store)
        context.report(1, "scanning")
        let watching = Task {
            var seen = source.activity
            // A pause that the provider asked for is no work, but no reason to give up either.
            while (try? await Task.sleep(for: .milliseconds(500))) != nil {
                let activity = source.activity
                guard activity != seen else { continue }
                seen = activity
                context.report(max(1, min(899, Int(activity.share * 900))), activity.text)
            }
        }
        defer { watching.cancel() }
        try await take(source, bytes: nil, from: nil, order, of: key, context)
    }
}
