import MartletCEL
import MartletCore

/// Values and types as the tests write them (`cel.expr.Value`, `cel.expr.Type`).
enum ConformanceValues {
    /// Nil for a value that the language here does not have.
    static func value(_ json: JSONValue) -> CELValue? {
        guard let member = json.objectValue?.first else { return nil }
        let content = member.value
        switch member.key {
        case "null_value": return .null
        case "bool_value": return content.boolValue.map { .bool($0) }
        case "int64_value": return Int64(text(of: content)).map { .int($0) }
        case "uint64_value": return UInt64(text(of: content)).map { .uint($0) }
        case "double_value": return double(content).map { .double($0) }
        case "string_value": return content.stringValue.map { .string($0) }
        case "bytes_value": return content.stringValue.flatMap { CELValue.bytes(base64: $0) }
        case "type_value": return content.stringValue.map { .type($0) }
        case "list_value":
            let elements = (content["values"]?.arrayValue ?? []).map(value)
            return elements.contains { $0 == nil } ? nil : .list(CELList(elements.compactMap { $0 }))
        case "map_value":
            var entries: [(CELValue, CELValue)] = []
            for entry in content["entries"]?.arrayValue ?? [] {
                guard let key = value(entry["key"] ?? .null), let value = value(entry["value"] ?? .null) else {
                    return nil
                }
                entries.append((key, value))
            }
            return CELMap(entries).map { .map($0) }
        case "object_value": return object(content)
        default: return nil
        }
    }

    private static func text(of json: JSONValue) -> String {
        if case .int(let number) = json { return String(number) }
        return json.stringValue ?? ""
    }

    private static func double(_ json: JSONValue) -> Double? {
        switch json {
        case .double(let number): return number
        case .int(let number): return Double(number)
        case .string(let text): return text == "Infinity" ? .infinity : text == "-Infinity" ? -.infinity : Double(text)
        default: return nil
        }
    }

    private static func object(_ json: JSONValue) -> CELValue? {
        guard let text = json["value"]?.stringValue else { return nil }
        switch json["@type"]?.stringValue {
        case "type.googleapis.com/google.protobuf.Duration": return CELDuration(text).map { .duration($0) }
        case "type.googleapis.com/google.protobuf.Timestamp": return CELTimestamp(text).map { .timestamp($0) }
        default: return nil
        }
    }

    static func type(_ json: JSONValue) -> CELType {
        guard let member = json.objectValue?.first else { return .dyn }
        switch member.key {
        case "null": return .null
        case "primitive": return primitives[member.value.stringValue ?? ""] ?? .dyn
        case "list_type": return .list(type(member.value["elem_type"] ?? .null))
        case "map_type":
            return .map(type(member.value["key_type"] ?? .null), type(member.value["value_type"] ?? .null))
        case "message_type":
            switch member.value.stringValue {
            case "google.protobuf.Duration": return .duration
            case "google.protobuf.Timestamp": return .timestamp
            default: return .dyn
            }
        default: return .dyn
        }
    }

    private static let primitives: [String: CELType] = [
        "BOOL": .bool, "INT64": .int, "UINT64": .uint, "DOUBLE": .double, "STRING": .string, "BYTES": .bytes,
    ]

    /// Whether two values are equal and of the same kind; not-a-number is the same as itself.
    static func areSame(_ left: CELValue, _ right: CELValue) -> Bool {
        guard left.type == right.type else { return false }
        switch (left, right) {
        case (.double(let left), .double(let right)):
            return left.isNaN && right.isNaN || left == right && left.sign == right.sign
        case (.list(let left), .list(let right)):
            return left.count == right.count && zip(left.elements, right.elements).allSatisfy { areSame($0, $1) }
        case (.map(let left), .map(let right)):
            guard left.count == right.count else { return false }
            return zip(left.keys, left.values).allSatisfy { key, value in right[key].map { areSame($0, value) } ?? false
            }
        default: return left == right
        }
    }

    static func text(_ value: CELValue) -> String { "\(value.type) \(value.description(limit: 200))" }
}
