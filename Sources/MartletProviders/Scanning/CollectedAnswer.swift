import MartletCore

/// What calls came to, as checks get it.
public indirect enum CollectedAnswer: Sendable {
    /// An object, `null` where there is nothing, or a list as the provider gave it.
    case document(JSONValue)
    /// Several answers, in order.
    case list([CollectedAnswer])
    /// A call failed: whatever reads this is an error, never nothing. The key names the failure.
    case failed(String)

    /// The keys of the calls in it that failed, each as often as it stands there.
    var failedCalls: [String] {
        switch self {
        case .document: []
        case .list(let answers): answers.flatMap(\.failedCalls)
        case .failed(let key): [key]
        }
    }
}
