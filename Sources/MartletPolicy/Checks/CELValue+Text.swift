import MartletCEL
import MartletCore

extension CELValue {
    /// The value as a message shows it: text as it is, lists with commas, maps as JSON.
    var checkText: String {
        switch self {
        case .null: return "null"
        case .bool(let value): return "\(value)"
        case .int(let value): return "\(value)"
        case .uint(let value): return "\(value)"
        case .double(let value): return "\(value)"
        case .string(let value): return value
        case .bytes(let value): return "\(value.count) bytes"
        case .list(let list): return list.elements.map(\.checkText).joined(separator: ", ")
        case .map(let map):
            let members = zip(map.keys, map.values).map { "\($0.checkText): \($1.checkText)" }
            return "{\(members.joined(separator: ", "))}"
        case .timestamp(let value):
            let milliseconds = value.seconds * 1000 + Int64(value.nanoseconds) / 1_000_000
            return Timestamp(milliseconds: milliseconds).rfc3339
        case .duration, .ip, .cidr, .type: return "\(self)"
        case .failure: return "?"
        case .optional(let optional): return optional.value?.checkText ?? "nothing"
        }
    }

    /// What kind of value it is, in words for an error.
    var kindInWords: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .int, .uint, .double: "a number"
        case .string: "text"
        case .bytes: "bytes"
        case .list: "a list"
        case .map: "a map"
        case .timestamp: "a time"
        case .duration: "a duration"
        case .ip, .cidr: "an address"
        case .optional: "an optional value: end it with orValue"
        case .type: "a type"
        case .failure: "the answer of a failed call"
        }
    }
}
