import MartletCore

/// How findings were muted before mutes were changed under the generation that is read.
struct MutesThen {
    private struct Then {
        /// Covered by a mute.
        var isMuted: Bool
        var reason: String?
    }

    private var then: [Int: Then] = [:]

    /// Looks for the findings of keys; no statement where nothing was changed, else one for each account.
    static func read(
        _ keys: [FindingKey], _ views: [Int64: StoreReader.View], _ connection: any Connection
    ) throws -> MutesThen {
        var mutes = MutesThen()
        for (account, view) in views {
            guard let number = view.mutesAsOf else { continue }
            let places = keys.indices.filter { keys[$0].position.account == account }
            guard !places.isEmpty else { continue }
            // The first change after the number replaced what was shown up to it.
            try connection.lookUp(
                """
                SELECT c.mute, c.reason FROM mute_changes c WHERE c.tenant = $1 AND c.account = $2 AND c.generation = $3
                AND c.fingerprint = $5 AND c.number > $4 ORDER BY c.number LIMIT 1
                """, view.id.values + [.int(view.generation), .int(number)],
                keys: places.map { keys[$0].position.fingerprint }
            ) { index, row in
                mutes.then[places[index]] = Then(isMuted: !row.isNull(0), reason: row.optionalText(1))
            }
        }
        return mutes
    }

    /// Shows a finding as it was muted then.
    ///
    /// - Parameter place: Of its key among those that were looked for.
    func correct(_ row: inout FindingRow, _ key: FindingKey, at place: Int) {
        guard let then = then[place] else { return }
        row.muted = key.isMuted || then.isMuted
        row.mutedReason = then.reason
    }
}
