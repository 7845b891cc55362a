import MartletCore

/// Reads values of one filter or parameter; errors name it.
struct FilterValueReader {
    let name: String
    let kind: FilterSpec.Kind

    /// The values of a list with commas.
    func list(_ text: String) throws(APIError) -> [FilterValue] {
        let parts = text.split(separator: ",")
        guard parts.count <= JSONAPIQueryParser.listLimit else {
            throw .parameter(name, "A list has at most \(JSONAPIQueryParser.listLimit) values.")
        }
        guard !parts.isEmpty else { throw .parameter(name, "\(name) needs at least one value.") }
        var values: [FilterValue] = []
        for part in parts { values.append(try value(String(part))) }
        return values
    }

    /// One value.
    func value(_ text: String) throws(APIError) -> FilterValue {
        guard text.utf8.count <= JSONAPIQueryParser.valueLimit else {
            throw .parameter(name, "A value has at most \(JSONAPIQueryParser.valueLimit) bytes.")
        }
        switch kind {
        case .text: return .text(text)
        case .uuid:
            guard let id = UUIDText.canonical(text) else { throw wrong(text, "a UUID") }
            return .uuid(id)
        case .integer(let range):
            guard let number = Int64(text), range.contains(number) else {
                throw wrong(text, "a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return .integer(number)
        case .boolean:
            switch text.lowercased() {
            case "true", "1": return .boolean(true)
            case "false", "0": return .boolean(false)
            default: throw wrong(text, "true or false")
            }
        case .time: return try time(text)
        case .choice(let choices):
            guard choices.contains(text) else { throw wrong(text, "one of \(choices.joined(separator: ", "))") }
            return .text(text)
        }
    }

    private func time(_ text: String) throws(APIError) -> FilterValue {
        if text.utf8.count == 10, let day = Timestamp(rfc3339: text + "T00:00:00Z") { return .day(day) }
        // A `+` of an offset that was not encoded has become a blank.
        guard let time = Timestamp(rfc3339: text) ?? Timestamp(rfc3339: text.replacing(" ", with: "+")) else {
            throw wrong(text, "a day such as 2026-11-20, or a time such as 2026-11-20T08:00:00Z")
        }
        return .time(time)
    }

    private func wrong(_ text: String, _ expectation: String) -> APIError {
        .parameter(name, "'\(text.prefix(100))' is not \(expectation).")
    }
}
