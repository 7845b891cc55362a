import MartletStore

/// One listener to a scan's progress, for as long as its stream lives.
actor ProgressListener {
    private let hub: ProgressHub
    private let key: ProgressHub.Key
    private var known: String?
    private var isEnding = false
    private var hasBegun = false
    private let end: ContinuousClock.Instant

    /// How long a stream goes on: an hour. Then the client comes again, with credentials that are looked at anew.
    private static let life = Duration.seconds(3600)

    init(_ hub: ProgressHub, _ key: ProgressHub.Key, _ store: Store, after known: String?) async throws {
        self.hub = hub
        self.key = key
        self.known = known
        end = ContinuousClock.now + Self.life
        try await hub.begin(key, store)
        hasBegun = true
    }

    deinit {
        // One that was refused is no listener, and must not be counted as one that goes.
        guard hasBegun else { return }
        let (hub, key) = (hub, key)
        Task { await hub.end(key) }
    }

    /// The next bytes; nil at the end.
    func next() async throws -> [UInt8]? {
        guard !isEnding, ContinuousClock.now < end else { return nil }
        switch try await hub.news(key, after: known) {
        case .progress(let progress):
            isEnding = progress.isFinal
            known = progress.id
            return Array(progress.event.utf8)
        case .heartbeat: return Array(": alive\n\n".utf8)
        case .gone:
            isEnding = true
            return Array("event: gone\ndata: {}\n\n".utf8)
        }
    }
}
