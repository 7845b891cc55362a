import MartletCore

/// Keeps a token for each audience and asks for new ones early, once for all who wait.
actor TokenCache {
    private let source: any TokenSource
    private var tokens: [String: AccessToken] = [:]
    private var asking: [String: Task<AccessToken, any Error>] = [:]

    init(_ source: any TokenSource) { self.source = source }

    /// A token that holds.
    func token(for audience: String) async throws -> AccessToken {
        let now = ContinuousClock.now
        if let token = tokens[audience], token.refreshAt > now { return token }
        do {
            return try await ask(for: audience)
        } catch {
            // Asking was early: what there is may still do.
            if let token = tokens[audience], token.expiresAt > .now { return token }
            throw error
        }
    }

    /// Forgets a token that was refused; one that has been renewed meanwhile stays.
    func forget(_ token: AccessToken, for audience: String) {
        if tokens[audience]?.text == token.text { tokens[audience] = nil }
    }

    private func ask(for audience: String) async throws -> AccessToken {
        let task: Task<AccessToken, any Error>
        if let running = asking[audience] {
            task = running
        } else {
            let source = source
            // Not a child of whoever asks first: others wait for it, too.
            task = Task { try await source.token(for: audience) }
            asking[audience] = task
        }
        let result = await task.result
        if asking[audience] == task { asking[audience] = nil }
        let token = try result.get()
        tokens[audience] = token
        return token
    }
}
