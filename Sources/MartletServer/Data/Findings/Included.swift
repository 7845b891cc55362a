import MartletCore
import MartletStore

/// What stands beside findings: the scans at which they are read, and where it is asked for scans and resources whole.
struct Included: Sendable {
    /// The scan that is read, by account.
    private(set) var scans: [AccountKey: String] = [:]
    private var details: [ScanDetail] = []
    private var resources: [ResourceDetail] = []

    static func read(
        _ rows: [FindingRow], at scan: String?, _ context: RequestContext, _ reader: StoreReader,
        scansOnly: Bool = false
    ) throws -> Included {
        var included = Included()
        let numbers = Set(rows.map(\.resourceNumber.account))
        guard !numbers.isEmpty else { return included }
        for account in try reader.accountDetails(numbers) { included.scans[account.key] = scan ?? account.scan }
        if scansOnly { return included }
        if context.query.include.contains("scan") {
            var query = ScanQuery()
            query.ids = Set(included.scans.values)
            included.details = try reader.scanPage(query, limit: StoreReader.maximumPageRows)
        }
        if context.query.include.contains("resources") {
            var query = ResourceQuery()
            query.accounts.numbers = numbers
            query.numbers = Set(rows.map(\.resourceNumber))
            included.resources = try reader.resourcePage(
                query, at: scan, limit: StoreReader.maximumPageRows, context.services.postures
            ).rows
        }
        return included
    }

    func write(_ writer: inout JSONAPIWriter, _ context: RequestContext) {
        for detail in details {
            writer.include(ResourceIdentifier("scans", detail.scan.id)) { ScanShape.fill(detail, &$0, context) }
        }
        for resource in resources {
            writer.include(ResourceIdentifier(ResourceShape.type, resource.number.identifier)) {
                ResourceShape.fill(resource, findings: nil, &$0, context)
            }
        }
    }
}
