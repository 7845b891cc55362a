import MartletCore
import MartletStore

/// What the filters of a scan let it cover, by the numbers of checks and regions: pure. Nil lets everything.
struct CoverageLimits: Sendable {
    /// Checks of the filters, by id and by service.
    var checks: Set<Int64>?
    /// Regions of the filters; the region without a name is never one.
    var regions: Set<Int64>?
    /// Severities of the filters.
    var severities: Set<Severity>?

    /// Whether the scan could cover a check in a region.
    func admits(_ check: Int64, _ region: Int64) -> Bool {
        checks?.contains(check) ?? true && regions?.contains(region) ?? true
    }

    /// Whether the scan could have stated a finding of the severity.
    func admits(_ severity: Severity) -> Bool { severities?.contains(severity) ?? true }

    /// The limits of filters.
    ///
    /// - Parameters:
    ///   - checks: Numbers of checks with their ids.
    ///   - regions: Numbers of regions with their names.
    ///   - service: The service of a check; nil where no text tells, so that it is outside of any filter of services.
    init(
        _ filters: ScanFilters, checks: [Int64: String], regions: [Int64: String],
        service: (_ number: Int64, _ check: String) -> String?
    ) {
        if !filters.checks.isEmpty || !filters.services.isEmpty {
            let ids = Set(filters.checks)
            let services = Set(filters.services.map { $0.lowercased() })
            self.checks = Set(
                checks.filter { number, id in
                    (ids.isEmpty || ids.contains(id))
                        && (services.isEmpty || services.contains(service(number, id)?.lowercased() ?? ""))
                }.keys)
        }
        if !filters.regions.isEmpty {
            let names = Set(filters.regions)
            self.regions = Set(regions.filter { names.contains($0.value) }.keys)
        }
        if !filters.severities.isEmpty { severities = Set(filters.severities) }
    }

    /// No limits.
    init() {}
}
