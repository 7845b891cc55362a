import MartletCore

extension StoreReader {
    /// What a list showed when it was begun lies before a horizon.
    static var forgotten: MartletError {
        MartletError(
            .cursorExpired, "What this list showed when it was begun is not kept any more; begin again.",
            place: "page[after]")
    }

    /// Refuses a generation that lies before the account's horizon: parts of it may be gone.
    func requireReadable(_ id: AccountID, _ key: AccountKey, generation: Int64, scan: String) throws {
        let horizon = try RetentionRecords.horizon(id, connection)
        guard generation < horizon else { return }
        guard asOfNumber == nil else { throw Self.forgotten }
        let oldest = try RetentionRecords.oldestReadable(id, horizon: horizon, connection)
        let from = oldest.map { "; the oldest scan of \(key) that can be read is \($0.id)" } ?? ""
        throw MartletError(
            .notFound,
            "The scan \(scan) lies before what the retention rule keeps\(from) (martlet retention show).")
    }
}
