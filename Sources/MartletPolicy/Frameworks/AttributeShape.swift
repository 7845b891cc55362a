import MartletCore

/// A known form of a legacy requirement's attribute: which keys it has and of which type.
struct AttributeShape: Sendable {
    /// The types of value that occur.
    enum Kind: Sendable {
        case text
        case number
        case list

        func accepts(_ value: JSONValue) -> Bool {
            switch self {
            case .text: value.stringValue != nil
            case .number: value.intValue != nil
            case .list: value.arrayValue != nil
            }
        }
    }

    let name: String
    let required: [String: Kind]
    let optional: [String: Kind]

    /// Why an attribute has none of the known shapes, told for the one that is nearest; nil when it has one.
    static func complaint(about members: [JSONValue.Member]) -> String? {
        var nearest: (distance: Int, shape: AttributeShape, differences: [String])?
        for shape in known {
            let differences = shape.differences(members)
            if differences.isEmpty { return nil }
            // A shape that shares nothing with the attribute is never the one that was meant.
            let shared = members.count { shape.kind($0.key) != nil }
            let distance = differences.count - shared
            if nearest.map({ distance < $0.distance }) ?? true { nearest = (distance, shape, differences) }
        }
        guard let nearest else { return nil }
        return "the attribute has no known shape; the nearest is \(nearest.shape.name): "
            + nearest.differences.joined(separator: ", ")
    }

    private func kind(_ key: String) -> Kind? { required[key] ?? optional[key] }

    private func differences(_ members: [JSONValue.Member]) -> [String] {
        var differences: [String] = []
        for member in members {
            guard let kind = kind(member.key) else {
                differences.append("unknown key \"\(member.key)\"")
                continue
            }
            if member.value.isNull, required[member.key] == nil { continue }
            if !kind.accepts(member.value) { differences.append("wrong type of \"\(member.key)\"") }
        }
        for key in required.keys.sorted() where !members.contains(where: { $0.key == key }) {
            differences.append("missing key \"\(key)\"")
        }
        return differences
    }
}
