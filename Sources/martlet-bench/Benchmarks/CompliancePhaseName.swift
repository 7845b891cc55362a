/// The phases of a compliance benchmark in the order in which they run.
enum CompliancePhaseName: CaseIterable {
    case ready, catalog, alone, written, raw, unchanged, whole

    /// What a report calls it.
    func title(postgres: Bool) -> String {
        switch self {
        case .ready: "frameworks ready"
        case .catalog: "frameworks ready (store)"
        case .alone: "evaluation alone"
        case .written: "evaluated and written"
        case .raw: postgres ? "binary COPY" : "plain inserts"
        case .unchanged: "unchanged"
        case .whole: "frameworks add"
        }
    }
}
