import MartletCore

/// What a scan is limited to. A list that is empty limits nothing; what is in several must be in all of them.
public struct ScanFilters: Sendable, Hashable {
    /// Check ids.
    public var checks: [String]
    /// Services, as check texts name them.
    public var services: [String]
    /// Regions. A finding that names none is in no region.
    public var regions: [String]
    /// Severities.
    public var severities: [Severity]

    /// No limits, unless some are given. What is named twice counts once.
    public init(
        checks: [String] = [], services: [String] = [], regions: [String] = [], severities: [Severity] = []
    ) {
        self.checks = Self.distinct(checks)
        self.services = Self.distinct(services)
        self.regions = Self.distinct(regions)
        self.severities = Self.distinct(severities)
    }

    /// Whether nothing is limited.
    public var isEmpty: Bool { checks.isEmpty && services.isEmpty && regions.isEmpty && severities.isEmpty }

    /// What an external scanner is asked to look at.
    public func scope(of account: AccountKey) -> ExternalScope {
        ExternalScope(account: account, regions: regions, checks: checks, services: services, severities: severities)
    }

    /// An object with the lists that are not empty: `checks`, `services`, `regions`, `severities`.
    public var json: JSONValue {
        let lists = [
            ("checks", checks), ("services", services), ("regions", regions), ("severities", severities.map(\.name)),
        ]
        return .object(lists.filter { !$0.1.isEmpty }.map { .init($0.0, .array($0.1.map { .string($0) })) })
    }

    /// Reads ``json``. Throws ``MartletError`` (`usage`) for anything else: what is not understood may have been a limit.
    public init(json: JSONValue) throws {
        self.init()
        guard let members = json.objectValue else { throw Self.unreadable }
        for member in members {
            let values = member.value.arrayValue?.map(\.stringValue)
            guard let values, !values.isEmpty, !values.contains(nil) else { throw Self.unreadable }
            let texts = values.compactMap { $0 }
            switch member.key {
            case "checks": checks = texts
            case "services": services = texts
            case "regions": regions = texts
            case "severities":
                severities = texts.compactMap { Severity(name: $0) }
                guard severities.count == texts.count else { throw Self.unreadable }
            default: throw Self.unreadable
            }
        }
    }

    private static var unreadable: MartletError {
        MartletError(.usage, "The scan's job does not say in a known way what to limit the scan to.")
    }

    private static func distinct<Element: Hashable>(_ values: [Element]) -> [Element] {
        var seen: Set<Element> = []
        return values.filter { seen.insert($0).inserted }
    }
}
