/// A difference's place: what holds at the later scan, then what does not any more, then what nobody knows; findings of
/// each in the order of their listing.
struct DiffPosition: Hashable {
    enum Part: Int, CaseIterable {
        /// Versions that a scan after the earlier one opened, and that hold at the later one.
        case opened = 0
        /// Findings that held at the earlier scan and do not at the later one.
        case gone = 1
        /// Findings that no scan between has covered.
        case uncovered = 2
    }

    var part: Part
    var finding: FindingPosition
}
