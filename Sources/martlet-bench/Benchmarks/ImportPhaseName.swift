/// The phases of an import's benchmark in the order in which they run.
enum ImportPhaseName: CaseIterable {
    case first, raw, unchanged, changed

    /// What a report calls it.
    func title(postgres: Bool) -> String {
        switch self {
        case .first: "first import"
        case .raw: postgres ? "binary COPY" : "plain inserts"
        case .unchanged: "unchanged"
        case .changed: "changed"
        }
    }
}
