import MartletCore
import MartletStore

/// The filters that counts can decide: pure.
struct CellConditions {
    private let statuses: Set<Status>?
    private let severities: Set<Severity>?
    private let deltas: Set<String>?
    private let isMuted: Bool?
    private let checks: Set<String>?
    private let services: Set<String>?
    private let regions: Set<String>?
    private let categories: Set<String>?
    private let checkPart: String?
    private let titlePart: String?
    private let servicePart: String?
    private let regionPart: String?
    private let search: String?

    /// The fields that are decided here.
    static let fields: Set<String> = [
        "status", "severity", "impact", "delta", "muted", "check_id", "check_title", "service", "region", "category",
    ]

    init(_ query: JSONAPIQuery) {
        statuses = query.texts("status").map { Set($0.compactMap { Status(name: $0) }) }
        let impact = query.texts("impact")
        let severity = query.texts("severity")
        let named = impact.map { severity?.intersection($0) ?? $0 } ?? severity
        severities = named.map { Set($0.compactMap { Severity(name: $0) }) }
        deltas = query.texts("delta")
        isMuted = query.flag("muted")
        checks = query.texts("check_id")
        services = query.texts("service")
        regions = query.texts("region")
        categories = query.texts("category")
        checkPart = query.text("check_id", .contains)?.lowercased()
        titlePart = query.text("check_title", .contains)?.lowercased()
        servicePart = query.text("service", .contains)?.lowercased()
        regionPart = query.text("region", .contains)?.lowercased()
        search = query.search?.lowercased()
    }

    var isEmpty: Bool {
        statuses == nil && severities == nil && deltas == nil && isMuted == nil && checks == nil && services == nil
            && regions == nil && categories == nil && checkPart == nil && titlePart == nil && servicePart == nil
            && regionPart == nil && search == nil
    }

    /// Whether it takes a cell's regions to decide.
    var needRegions: Bool { regions != nil || regionPart != nil }

    /// Whether it takes a cell's check to decide.
    var needChecks: Bool {
        checks != nil || services != nil || categories != nil || checkPart != nil || titlePart != nil
            || servicePart != nil || search != nil
    }

    func match(_ cell: AccountCube.Cell, check: String, regions: [String], text: CheckFacts.Text?) -> Bool {
        guard statuses?.contains(cell.status) ?? true, severities?.contains(cell.severity) ?? true,
            isMuted.map({ $0 == cell.isMuted }) ?? true,
            deltas?.contains(cell.delta?.name ?? FindingDelta.unchanged.rawValue) ?? true,
            checks?.contains(check) ?? true, services?.contains(text?.service ?? "") ?? true
        else { return false }
        if let wanted = self.regions, wanted.isDisjoint(with: regions.isEmpty ? [""] : regions) { return false }
        if let categories, categories.isDisjoint(with: text?.categories ?? []) { return false }
        func has(_ part: String?, _ value: String) -> Bool { part.map { value.lowercased().contains($0) } ?? true }
        guard has(checkPart, check), has(titlePart, text?.title ?? ""), has(servicePart, text?.service ?? "") else {
            return false
        }
        if let regionPart, !regions.contains(where: { $0.lowercased().contains(regionPart) }) { return false }
        return search.map { part in
            [check, text?.title ?? "", text?.service ?? ""].contains { $0.lowercased().contains(part) }
        } ?? true
    }
}
