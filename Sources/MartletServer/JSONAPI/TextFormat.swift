import MartletCore

/// The forms of texts that ``Schema/format(_:)`` names.
struct TextFormat {
    private let name: String

    init(_ name: String) { self.name = name }

    /// What is expected instead of a text that does not have the form; nil when it does.
    func expectation(ofWrong text: String) -> String? {
        switch name {
        case "uuid": UUIDText.canonical(text) == nil ? "A UUID" : nil
        case "date-time": Timestamp(rfc3339: text) == nil ? "A time such as 2026-11-20T08:00:00Z" : nil
        case "date":
            text.utf8.count != 10 || Timestamp(rfc3339: text + "T00:00:00Z") == nil ? "A day such as 2026-11-20" : nil
        case "email": isAddress(text) ? nil : "An e-mail address"
        case "uri": text.utf8.count <= 2048 && text.contains("://") ? nil : "A URL of at most 2,048 bytes"
        default: nil
        }
    }

    private func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && text.utf8.count <= 254
            && text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
    }
}
