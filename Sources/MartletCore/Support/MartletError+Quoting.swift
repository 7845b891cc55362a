extension MartletError {
    /// What a user wrote, for an error: short, and without control characters.
    package static func quoted(_ text: some StringProtocol) -> String {
        let shown = text.unicodeScalars.prefix(40).map {
            $0.properties.isShown ? Character($0) : "?"
        }
        return "'" + String(shown) + (text.unicodeScalars.count > 40 ? "…'" : "'")
    }
}

extension Unicode.Scalar.Properties {
    /// Whether a character does no harm to a terminal or a line of a log.
    fileprivate var isShown: Bool {
        switch generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
        default: true
        }
    }
}
