/// A figure that the project has promised.
struct Target {
    let name: String
    let value: Double
    let limit: Double
    let kind: Kind

    enum Kind { case atLeast, atMost }

    var isMet: Bool {
        switch kind {
        case .atLeast: value >= limit
        case .atMost: value <= limit
        }
    }

    var text: String {
        let sign = kind == .atLeast ? "≥" : "≤"
        return "\(name): \(Number.short(value)) (\(sign) \(Number.short(limit))) \(isMet ? "met" : "MISSED")"
    }
}
