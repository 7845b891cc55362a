import MartletCore

/// Part of what a scan could not evaluate, as its row keeps it: one reason with the checks it kept from being evaluated.
public struct ScanGap: Sendable, Hashable {
    /// `denied`, `errored`, `unsupported` or `skipped`.
    public var state: CoverageState
    /// Why.
    public var gap: CoverageGap
    /// Ids of the checks, sorted.
    public var checks: [String]
    /// The regions, sorted; empty where it was all.
    public var regions: [String]

    /// Makes a part.
    public init(state: CoverageState, gap: CoverageGap, checks: [String], regions: [String]) {
        self.state = state
        self.gap = gap
        self.checks = checks
        self.regions = regions
    }

    /// Writes it as an object, as output and the database have it.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("state", state.name)
        writer.field("call", gap.call)
        writer.field("permission", gap.permission)
        writer.field("message", gap.message)
        writer.field("checks", checks)
        writer.field("regions", regions)
        writer.endObject()
    }

    /// Reads what ``write(to:)`` wrote; nil for anything else.
    init?(json: JSONValue) {
        guard let name = json["state"]?.stringValue,
            let state = CoverageState.allCases.first(where: { $0.name == name })
        else { return nil }
        self.state = state
        gap = CoverageGap(
            call: json["call"]?.stringValue ?? "", permission: json["permission"]?.stringValue ?? "",
            message: json["message"]?.stringValue ?? "")
        checks = json["checks"]?.arrayValue?.compactMap(\.stringValue) ?? []
        regions = json["regions"]?.arrayValue?.compactMap(\.stringValue) ?? []
    }
}
