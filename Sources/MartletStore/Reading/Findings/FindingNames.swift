import MartletCore

/// The names and texts behind numbers, read for the rows that are shown and kept as long as one listing is read.
struct FindingNames {
    private(set) var checks: [Int64: String] = [:]
    private(set) var sources: [Int64: String] = [:]
    private(set) var regionSets: [Int64: [String]] = [:]
    private var texts: [Int64: CheckMetadata] = [:]
    /// What is shown of checks of which no source said anything, by the check's number.
    private var bare: [Int64: CheckMetadata] = [:]
    private let tenant: Int64

    init(tenant: Int64) { self.tenant = tenant }

    /// Reads what is not known yet of these rows; at most four statements.
    mutating func read(_ details: [FindingDetail], _ connection: any Connection) throws {
        let tenant = [Value.int(tenant)]
        func lookUp(
            _ what: String, _ table: String, _ numbers: [Int64], _ body: (Int64, any Row) throws -> Void
        ) throws {
            let numbers = Set(numbers).sorted()
            guard !numbers.isEmpty else { return }
            try connection.lookUp(
                "SELECT \(what) FROM \(table) WHERE tenant = $1 AND id = $2", tenant, numbers: numbers
            ) {
                try body(numbers[$0], $1)
            }
        }
        let checks = details.map(\.check).filter { self.checks[$0] == nil }
        try lookUp("name", "checks", checks) { self.checks[$0] = $1.text(0) }
        let sources = details.map(\.source).filter { self.sources[$0] == nil }
        try lookUp("name", "sources", sources) { self.sources[$0] = $1.text(0) }
        let sets = details.map(\.regions).filter { regionSets[$0] == nil }
        try lookUp("name", "region_sets", sets) { regionSets[$0] = Names.regions(ofSet: $1.text(0)) }
        let texts = details.compactMap(\.text).filter { self.texts[$0] == nil }
        try lookUp("check_id, service, title, document", "check_texts", texts) {
            self.texts[$0] = CheckMetadata(
                check: self.checks[$1.int(0)] ?? "", service: $1.text(1), title: $1.text(2), document: $1.text(3))
        }
        for detail in details where detail.text == nil && bare[detail.check] == nil {
            bare[detail.check] = CheckMetadata(
                check: self.checks[detail.check] ?? "", service: "", title: "", document: "{}")
        }
    }

    /// The row with its names.
    func row(_ detail: FindingDetail) -> FindingRow {
        var row = detail.row
        if let metadata = detail.text.flatMap({ texts[$0] }) ?? bare[detail.check] { row.check = metadata }
        row.regions = regionSets[detail.regions] ?? []
        row.source = sources[detail.source] ?? ""
        return row
    }
}
