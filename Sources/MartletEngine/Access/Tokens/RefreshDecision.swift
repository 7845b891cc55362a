import MartletCore
import MartletStore

/// What becomes of a refresh token that is shown. A function of its inputs alone.
enum RefreshDecision: Sendable, Hashable {
    /// It was the newest one: the next one takes its place.
    case advance(to: Int64)
    /// It was used before, so that two have it: the session ends for both.
    case endSession
    /// It does not hold.
    case refuse

    init(_ claims: TokenClaims, family: RefreshFamily?, now: Timestamp, leeway: Int64) {
        guard let family, family.user == claims.user, family.revokedAt == nil,
            now.milliseconds < family.expiresAt.milliseconds + leeway
        else {
            self = .refuse
            return
        }
        if claims.sequence == family.sequence {
            self = .advance(to: family.sequence + 1)
        } else {
            // A number that was never given out cannot carry a right signature, but a restored backup knows fewer.
            self = claims.sequence < family.sequence ? .endSession : .refuse
        }
    }
}
