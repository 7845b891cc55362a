import MartletCore

/// Where in a file something stands, as errors show it. Built only when something is wrong.
struct Place {
    var file: String

    func appending(_ position: String) -> String { file.isEmpty ? position : "\(file): \(position)" }
}

/// Why an element cannot be used.
struct Refusal: Error {
    var field: String
    var message: String

    init(_ field: String, _ message: String) {
        self.field = field
        self.message = message
    }

    func rejection(at place: @autoclosure () -> String) -> Rejection {
        Rejection(place: place(), field: field, message: message)
    }

    /// A value from outside as part of a message: on one line and of bounded length.
    static func quoted(_ text: String) -> String {
        let cut = text.unicodeScalars.prefix(80).map { $0.value < 0x20 || $0.value == 0x7F ? "?" : Character($0) }
        return "\"" + String(cut) + (text.unicodeScalars.count > 80 ? "…\"" : "\"")
    }
}
