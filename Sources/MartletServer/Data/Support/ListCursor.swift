import MartletCore
import MartletStore

/// How a list is read by cursor: the first page fixes what is read, the tenant's publish number, and the pages after it read
/// what was published up to that number, muted as it was then.
///
/// The text that a link carries has the number, when it was drawn, a hash of the accounts and generations that are read, and
/// how long the list is: what a cursor leads to is the list that began with it, or an error.
struct ListCursor {
    private struct Beginning {
        var number: Int64
        var drawnAt: Int64
        var stamp: String
        var count: ListCount
    }

    private let signed: SignedCursor
    private let beginning: Beginning?
    /// Where the page before ended; nil for the first page.
    let place: String?
    /// What is published, or was when the list was begun.
    let reader: StoreReader

    /// Reads the cursor of a request.
    ///
    /// - Throws: 400 for a text that this list did not give, 410 for one that is too old.
    init(_ context: RequestContext, _ reader: StoreReader) throws {
        signed = try SignedCursor(context, reader)
        guard case .after(let text, _) = context.query.page, let whole = try signed.place(text) else {
            (beginning, place, self.reader) = (nil, nil, reader)
            return
        }
        let parts = whole.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, let number = Int64(parts[0]), let drawnAt = Int64(parts[1]), let count = Int(parts[3])
        else { throw SignedCursor.refusal }
        guard try reader.now().milliseconds - drawnAt <= MuteRecords.changesLifetime else {
            throw APIError.expiredCursor("A list can be read on for 7 days; begin again with page[after]=.")
        }
        beginning = Beginning(
            number: number, drawnAt: drawnAt, stamp: parts[2],
            count: parts[4] == "e" ? .exact(count) : .estimate(count))
        place = parts[5]
        self.reader = reader.asOf(number)
    }

    /// How long the list is: as it was counted for the first page, or by `count`.
    func count(_ make: () throws -> ListCount) throws -> ListCount { try beginning?.count ?? make() }

    /// The text of the next page's cursor; nil without a place.
    ///
    /// - Parameter accounts: Those that the list reads, and the scan at which it does.
    /// - Throws: 410 where these are no longer those of the first page.
    func next(
        _ place: String?, of accounts: AccountFilter, at scan: String?, count: ListCount
    ) throws -> String? {
        guard place != nil || beginning != nil else { return nil }
        let stamp = String(try reader.viewStamp(accounts, at: scan).hex.prefix(16))
        if let beginning, beginning.stamp != stamp {
            throw APIError.expiredCursor(
                "The accounts of this list are no longer those with which it was begun; begin again with page[after]=.")
        }
        guard let place else { return nil }
        let (number, drawnAt) =
            if let beginning { (beginning.number, beginning.drawnAt) } else { try Self.now(reader) }
        return signed.text("\(number) \(drawnAt) \(stamp) \(count.value) \(count.isExact ? "e" : "n") \(place)")
    }

    private static func now(_ reader: StoreReader) throws -> (Int64, Int64) {
        let (number, readAt) = try reader.publishNumber()
        return (number, readAt.milliseconds)
    }
}

extension APIError {
    /// 410: a cursor's list cannot be read on.
    static func expiredCursor(_ detail: String) -> APIError {
        APIError(status: 410, code: "cursor_expired", detail: detail, source: .parameter("page[after]"))
    }
}
