import MartletCore
import MartletPolicy

extension StoreReader {
    /// The active frameworks, by id.
    public func frameworks() throws -> [FrameworkRow] {
        try activeFrameworks().map { _, framework in
            var checks: Set<String> = []
            for requirement in framework.requirements {
                for mapped in requirement.checks.values { checks.formUnion(mapped) }
            }
            return FrameworkRow(
                id: framework.id, name: framework.name, title: framework.title, version: framework.version,
                providers: framework.providers.sorted(), requirements: Int64(framework.requirements.count),
                checks: Int64(checks.count), contentHash: framework.source.contentHash.hex)
        }
    }

    /// An active framework; nil when there is none of this id.
    public func framework(_ id: String) throws -> Framework? {
        let number = try connection.first(
            "SELECT id FROM frameworks WHERE tenant = $1 AND name = $2 AND active = 1", [.int(tenant), .text(id)]
        ) { $0.int(0) }
        return try number.flatMap { try FrameworkRecords.load($0, tenant: tenant, connection) }
    }

    /// The active frameworks with their numbers, by id.
    func activeFrameworks() throws -> [(number: Int64, framework: Framework)] {
        try FrameworkRecords.active(tenant: tenant, connection)
            .compactMap { number in
                try FrameworkRecords.load(number, tenant: tenant, connection).map { (number, $0) }
            }
            .sorted { $0.1.id < $1.1.id }
    }

    /// The frameworks that had rows in a view, by id: the contents that were active then, with what evaluation needs.
    func frameworks(of view: View) throws -> [(number: Int64, framework: Framework)] {
        let numbers = Set(try frameworkNumbers(of: view, named: nil))
        return try FrameworkRecords.loadForEvaluation(tenant: tenant, except: { !numbers.contains($0) }, connection)
            .map { (number: $0.key, framework: $0.value) }
            .sorted { $0.framework.id < $1.framework.id }
    }

    /// The framework of an id that had rows in a view, whole; nil when there was none.
    func framework(named id: String, of view: View) throws -> (number: Int64, framework: Framework)? {
        guard let number = try frameworkNumbers(of: view, named: id).first,
            let framework = try FrameworkRecords.load(number, tenant: tenant, connection)
        else { return nil }
        return (number, framework)
    }

    private func frameworkNumbers(of view: View, named id: String?) throws -> [Int64] {
        var numbers: [Int64] = []
        try connection.query(
            """
            SELECT s.framework, f.name FROM framework_summaries s
            JOIN frameworks f ON f.tenant = $1 AND f.id = s.framework
            WHERE s.tenant = $1 AND s.account = $2
            AND s.opened_in <= $3 AND (s.closed_in IS NULL OR s.closed_in > $3) ORDER BY s.framework
            """, view.id.values + [.int(view.generation)]
        ) { row in if id == nil || row.text(1) == id { numbers.append(row.int(0)) } }
        return numbers
    }
}
