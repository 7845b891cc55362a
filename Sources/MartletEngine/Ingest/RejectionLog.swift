import MartletCore

/// The statements of a source that could not be used: all counted, the first kept.
struct RejectionLog {
    private(set) var count = 0
    private(set) var kept: [Rejection] = []
    /// Their checks; an empty name where the check could not be read.
    private(set) var checks: Set<String> = []

    private var foreignAccounts: Set<AccountKey> = []

    /// Rejections that are kept to be listed.
    static let maximumKept = 100
    /// Checks that are kept; beyond that, nothing is known.
    private static let maximumChecks = 10_000

    var first: Rejection? { kept.first }
    /// The kept ones as text.
    var texts: [String] { kept.map(\.text) }

    /// The same checks without counts, for the other accounts of a source.
    var withoutCounts: RejectionLog {
        var log = RejectionLog()
        log.checks = checks
        return log
    }

    /// Takes in statements about an account that is not the scan's. They say nothing about the checks of the scan's own.
    mutating func add(foreign account: AccountKey, count foreign: Int, strict: Bool) throws {
        let message = "It is about \(account), which is not the scan's account; scan that account to get it in."
        guard !strict else { throw MartletError(.invalidInput, message) }
        count += foreign
        guard kept.count < Self.maximumKept, foreignAccounts.insert(account).inserted else { return }
        kept.append(Rejection(place: "\(account)", field: "", message: message))
    }

    /// Takes in rejections; the first is an error when the import is strict.
    mutating func add(_ rejections: [Rejection], strict: Bool) throws {
        for rejection in rejections {
            guard !strict else {
                throw MartletError(
                    .invalidInput,
                    rejection.field.isEmpty ? rejection.message : "\(rejection.field): \(rejection.message)",
                    place: rejection.place)
            }
            count += 1
            if kept.count < Self.maximumKept { kept.append(rejection) }
            if checks.count < Self.maximumChecks { checks.insert(rejection.check) } else { checks.insert("") }
        }
    }
}
