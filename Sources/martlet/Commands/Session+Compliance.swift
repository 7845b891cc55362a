import MartletCore
import MartletStore

extension Session {
    func compliance() async throws -> ExitCode {
        let framework = arguments.operands.first
        let unit = arguments.value("by") ?? (framework == nil ? "framework" : "requirement")
        if unit == "framework" { return try await complianceOverview(framework) }
        let filter = accountFilter
        let regions = arguments.list("region")
        let statuses = Set(arguments.list("status"))
        let at = arguments.value("at")
        let terms = terms
        _ = try await list({ Listing.requirements }) { reader, printer in
            let ids = try framework.map { [$0] } ?? reader.frameworks().map(\.id)
            for id in ids {
                try reader.complianceRequirements(
                    framework: id, filter, regions: regions, byRegion: unit == "region", at: at, terms: terms
                ) { row in
                    if statuses.isEmpty || statuses.contains(row.status) { try printer.add(row) }
                }
            }
            if let framework, printer.count == 0 { try Self.check(framework, reader) }
        }
        return .success
    }

    private func complianceOverview(_ framework: String?) async throws -> ExitCode {
        guard arguments.list("region").count <= 1 else {
            throw MartletError(.usage, "one region at a time where a row is a framework")
        }
        guard !arguments.has("status") else {
            throw MartletError(.usage, "--status chooses requirements; add --by requirement")
        }
        let filter = accountFilter
        let region = arguments.value("region")
        let at = arguments.value("at")
        let terms = terms
        _ = try await list({ Listing.overview }) { reader, printer in
            for row in try reader.complianceOverview(filter, at: at, region: region, terms: terms)
            where framework == nil || row.framework == framework {
                try printer.add(row)
            }
            if let framework, printer.count == 0 { try Self.check(framework, reader) }
        }
        return .success
    }

    private var terms: ComplianceTerms { arguments.value("terms").flatMap(ComplianceTerms.init(rawValue:)) ?? .martlet }

    /// Throws with a suggestion when there is no such framework. Asked only where there is no row: a past scan may have
    /// rows of a framework that has been removed since.
    static func check(_ framework: String, _ reader: StoreReader) throws {
        let known = try reader.frameworks().map(\.id)
        guard !known.contains(framework) else { return }
        let hint = Suggestion.hint(framework, known)
        throw MartletError(
            .notFound, "there is no framework '\(framework)'\(hint) martlet frameworks list shows what there is")
    }
}
