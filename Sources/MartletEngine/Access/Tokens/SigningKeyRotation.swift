import MartletCore

/// When signing keys come and go. A function of its inputs alone.
struct SigningKeyRotation: Sendable, Hashable {
    /// Whether a new key is to be made.
    let makesKey: Bool
    /// The places of keys of which nothing can hold any more.
    let expired: [Int]

    /// - Parameter ages: when the keys were made, the newest first.
    init(_ keys: [Timestamp], now: Timestamp, settings: TokenSettings) {
        makesKey = keys.first.map { now.milliseconds - $0.milliseconds >= settings.keyLifetime } ?? true
        // A key has signed its last token when its successor was made; other processes may learn of that a little later.
        let margin = settings.refreshLifetime + settings.leeway + 3_600_000
        expired = keys.indices.dropFirst().filter { place in
            now.milliseconds - keys[place - 1].milliseconds > margin
        }
    }
}
