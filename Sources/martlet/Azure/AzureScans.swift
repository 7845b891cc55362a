import MartletCore
import MartletData
import MartletEngine
import MartletPolicy
import MartletProviders

/// Scans of Azure out of the checks of a tenant and the collectors that the program carries.
struct AzureScans {
    let collectors: CollectorCatalog
    let library: CheckLibrary
    private let entries: [CheckLibrary.Entry]

    init(_ library: CheckLibrary) throws {
        self.library = library
        entries = library.entries.filter { $0.definition.provider == .azure }
        let reader = CollectorReader(hosts: AzureHost.allCases.map(\.rawValue))
        let files = MartletData.collectors().filter { $0.path.hasPrefix("azure/") }
        collectors = try CollectorCatalog(
            try files.flatMap { try reader.read($0.text, file: "Collectors/\($0.path)") })
    }

    /// Filters in which checks are ids, whatever they were called by. Throws ``MartletError`` (`usage`) for a check or
    /// service that there is not.
    func resolved(_ filters: ScanFilters) throws -> ScanFilters {
        var filters = filters
        filters.checks = try filters.checks.map { name in
            guard let entry = library[name], entry.definition.provider == .azure else {
                let hint = Suggestion.hint(name, entries.map(\.definition.id))
                throw MartletError(.usage, "there is no check '\(name)' for Azure\(hint)", place: "--checks")
            }
            return entry.definition.id
        }
        let services = Set(entries.map(\.definition.service))
        for service in filters.services where !services.contains(service.lowercased()) {
            throw MartletError(
                .usage, "there is no service '\(service)'; there are \(services.sorted().joined(separator: ", "))",
                place: "--services")
        }
        return filters
    }

    /// A scan by what filters leave. Throws ``MartletError`` (`usage`) when they leave nothing.
    func scan(_ request: AzureScanRequest, filters: ScanFilters, client: AzureClient) throws -> NativeScan {
        let chosen = chosen(filters)
        guard !chosen.isEmpty else {
            throw MartletError(.usage, "no check is left by --checks, --services and --severity")
        }
        let now = Expiry.now
        let compiled = try chosen.map { try CompiledCheck($0.definition, parameters: $0.parameters) }
        return NativeScan(
            request, catalog: collectors, checks: CompiledItemChecks(compiled, now: now), client: client,
            observedAt: now)
    }

    /// OpenShield's rules that a check is.
    func openShieldRules(of check: String) -> [String] {
        library[check]?.definition.aliases.filter { $0.hasPrefix("AZ-") } ?? []
    }

    /// The least permissions of each check that filters leave, by id.
    func permissions(_ filters: ScanFilters) -> [CheckPermissions] {
        let needs = chosen(filters).map { CompiledItemChecks.needs(of: $0.definition) }
        let plan = CollectionPlan(
            needs, catalog: collectors, variables: ["subscription", "organization", "project"])
        return needs.sorted { $0.check < $1.check }.map { CheckPermissions($0, plan: plan) }
    }

    private func chosen(_ filters: ScanFilters) -> [CheckLibrary.Entry] {
        let services = Set(filters.services.map { $0.lowercased() })
        return entries.filter { entry in
            let check = entry.definition
            return (filters.checks.isEmpty || filters.checks.contains(check.id))
                && (services.isEmpty || services.contains(check.service))
                && (filters.severities.isEmpty || filters.severities.contains(check.severity))
        }
    }
}
