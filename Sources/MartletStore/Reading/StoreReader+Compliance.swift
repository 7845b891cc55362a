import MartletCore
import MartletPolicy

extension StoreReader {
    /// The rows of a framework's requirements, in the framework's order: one per region, or rolled up over the regions
    /// asked for (all when none is named).
    public func complianceRequirements(
        framework id: String, _ filter: AccountFilter, regions: [String] = [], byRegion: Bool, at scan: String? = nil,
        terms: ComplianceTerms = .martlet, _ body: (ComplianceRequirementRow) throws -> Void
    ) throws {
        for view in try views(filter, at: scan) {
            if let (number, framework) = try framework(named: id, of: view) {
                var rollUp = RequirementRollUp(framework: framework, account: view.key)
                func emit(_ row: ComplianceRequirementRow, _ position: Int, _ status: RequirementStatus) throws {
                    if byRegion { try body(row) } else { rollUp.add(row, position: position, status: status) }
                }
                switch terms {
                case .martlet:
                    try storedRows(view, number, regions: regions) { stored, region in
                        let requirement = framework.requirements[Int(stored.requirement)]
                        try emit(
                            ComplianceRequirementRow(
                                account: view.key, framework: framework.id, version: framework.version,
                                requirement: requirement.id, description: requirement.description, region: region,
                                status: stored.status.name, passedChecks: Int64(stored.passedChecks),
                                failedChecks: Int64(stored.failedChecks),
                                evaluatedChecks: Int64(stored.evaluatedChecks),
                                totalChecks: Int64(stored.totalChecks), passedFindings: Int64(stored.passedFindings),
                                totalFindings: Int64(stored.totalFindings)), Int(stored.requirement), stored.status)
                    }
                case .prowler:
                    rollUp.terms = .prowler
                    try prowlerRows(view, framework) { stored, region in
                        guard regions.isEmpty || regions.contains(region) else { return }
                        let requirement = framework.requirements[Int(stored.requirement)]
                        try emit(
                            ComplianceRequirementRow(
                                account: view.key, framework: framework.id, version: framework.version,
                                requirement: requirement.id, description: requirement.description, region: region,
                                status: stored.status.name, passedChecks: Int64(stored.passedChecks),
                                failedChecks: Int64(stored.failedChecks),
                                evaluatedChecks: Int64(stored.passedChecks + stored.failedChecks),
                                totalChecks: Int64(stored.totalChecks), passedFindings: Int64(stored.passedFindings),
                                totalFindings: Int64(stored.totalFindings)), Int(stored.requirement), stored.status)
                    }
                }
                if !byRegion { for row in rollUp.rows { try body(row) } }
            }
        }
    }

    /// Stored rows of a framework by requirement and region.
    func storedRows(
        _ view: View, _ framework: Int64, regions: [String], _ body: (ComplianceRow, _ region: String) throws -> Void
    ) throws {
        let names = try Names.all(.region, tenant: tenant, connection)
        try connection.query(
            """
            SELECT requirement, regions FROM compliance_rows
            WHERE tenant = $1 AND account = $2 AND framework = $4
            AND opened_in <= $3 AND (closed_in IS NULL OR closed_in > $3) ORDER BY requirement
            """, view.id.values + [.int(view.generation), .int(framework)]
        ) { row in
            try ComplianceRegions.decode(row.bytes(1), requirement: row.int32(0)) { stored, number in
                let region = names[number] ?? ""
                guard regions.isEmpty || regions.contains(region) else { return }
                try body(stored, region)
            }
        }
    }

    /// Rows in Prowler's terms, computed from the tallies of check × region.
    func prowlerRows(
        _ view: View, _ framework: Framework, _ body: (ProwlerComplianceRow, _ region: String) throws -> Void
    ) throws {
        let groups = try Tallies.groups(
            view.id, generation: view.generation, current: view.isCurrent, connection)
        let tallies = try AccountTallies.read(view.id, generation: view.generation, groups: groups, connection)
        let compiler = FrameworkCompiler(provider: view.key.provider, checks: tallies.indexOfCheck, config: nil)
        try ProwlerTerms(grid: tallies.grid).evaluate(
            compiler.compile(framework),
            countsFindings: ProwlerTerms.countsFindings(framework: framework.name, version: framework.version)
        ) { row in try body(row, tallies.regionNames[Int(row.region)]) }
    }
}
