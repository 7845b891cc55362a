import MartletCore
import MartletStore

/// What the read benchmark asks, each as one page of a server would.
enum ReadQuery: String, CaseIterable {
    case firstPage = "first-page"
    case laterPage = "later-page"
    case summary
    case overview
    case diff

    /// Rows of a page.
    static let pageRows = 100
    /// The page that ``laterPage`` asks for, from 1, where there are so many.
    static let laterPageNumber = 1_000

    /// What a report calls it.
    func title(page: Int) -> String {
        switch self {
        case .firstPage: "first page of findings"
        case .laterPage: "page \(page) of findings"
        case .summary: "posture summary"
        case .overview: "compliance overview"
        case .diff: "first page of a diff"
        }
    }
}
