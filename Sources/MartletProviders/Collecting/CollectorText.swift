import MartletCore

/// What a resource's id, name, type or region is: a path into the item, or a text with placeholders.
public enum CollectorText: Sendable, Hashable {
    /// A path; where nothing stands there, and `isWord`, the path itself is the text.
    case path(FieldPath, isWord: Bool)
    /// A text with placeholders.
    case template(PathTemplate)

    /// The text; nil when there is none.
    func text(in scope: CollectedScope) -> String? {
        switch self {
        case .path(let path, let isWord): scope.text(at: path) ?? (isWord ? path.description : nil)
        case .template(let template): template.text(in: scope)
        }
    }
}
