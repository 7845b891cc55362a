import MartletCore
import MartletStore

/// The point in time that a query asks about: what is published, or one scan of the past.
struct ScanMoment: Sendable {
    /// Numbers of the accounts that are left; nil for all.
    var accounts: Set<Int64>?
    /// The scan; nil for what is published.
    var scan: String?

    /// Reads `filter[scan]`, `filter[scan__in]`, `filter[scan_id]` and `filter[inserted_at…]`.
    ///
    /// A span of time means, for each account, the newest scan that was published in it. Scans that are still published are
    /// read together; of the past one scan can be read at a time.
    static func of(
        _ query: JSONAPIQuery, _ accounts: Set<Int64>?, _ context: RequestContext, _ reader: StoreReader
    ) throws -> ScanMoment {
        var scans: [StoreReader.NewestScan]?
        if let ids = query.texts("scan") ?? query.texts("scan_id") {
            scans = try ids.sorted().map { id in
                let detail = try context.scan(id, reader)
                guard detail.scan.state == .completed || detail.scan.state == .completedWithGaps else {
                    throw APIError.notFound(
                        "The scan \(id) is \(detail.scan.state.rawValue); only published scans can be read.")
                }
                let isPublished = try reader.accountDetails([detail.account]).first?.published == detail.scan.generation
                return .init(account: detail.account, scan: detail.scan.id, isPublished: isPublished)
            }.filter { accounts?.contains($0.account) ?? true }
        }
        if let range = try query.range("inserted_at") {
            let newest = try reader.newestScans(within: range, of: accounts)
            scans = scans.map { $0.filter(newest.contains) } ?? newest
        }
        guard let scans else { return ScanMoment(accounts: accounts) }
        if scans.allSatisfy(\.isPublished) { return ScanMoment(accounts: Set(scans.map(\.account))) }
        guard scans.count == 1, let only = scans.first else {
            throw APIError.parameter(
                "filter[scan]",
                "This reaches into the past of \(scans.count) scans; of the past one scan can be read at a time. "
                    + "Name one scan, or one provider.")
        }
        return ScanMoment(accounts: [only.account], scan: only.scan)
    }
}
