/// The text of any value, as `%s` and interpolation show it: lists and maps with their content, keys sorted.
enum TextPrinter {
    static func text(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> String {
        switch value {
        case .string(let text): return text
        case .bytes(let bytes):
            try budget.buildText(bytes: bytes.count)
            return String(decoding: bytes, as: UTF8.self)
        case .list(let list):
            var parts: [String] = []
            for element in list.elements { parts.append(try part(element, &budget)) }
            return "[" + parts.joined(separator: ", ") + "]"
        case .map(let map):
            var parts: [(key: String, text: String)] = []
            for (key, value) in zip(map.keys, map.values) {
                let key = try part(key, &budget)
                parts.append((key, try part(value, &budget)))
            }
            parts.sort { $0.key.precedes($1.key) }
            return "{" + parts.map { "\($0.key): \($0.text)" }.joined(separator: ", ") + "}"
        case .optional(let optional):
            guard let value = optional.value else { return "optional.none()" }
            return "optional(" + (try part(value, &budget)) + ")"
        case .failure(let reason): throw CELFault(.given, reason)
        default: return value.scalarText ?? ""
        }
    }

    /// A text that becomes part of another costs its length in each.
    private static func part(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> String {
        let text = try text(value, &budget)
        try budget.buildText(bytes: text.utf8.count)
        return text
    }
}
