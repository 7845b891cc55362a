import MartletCore

extension Rejection {
    /// Place, field and message in one line.
    var text: String { field.isEmpty ? "\(place): \(message)" : "\(place): \(field): \(message)" }
}
