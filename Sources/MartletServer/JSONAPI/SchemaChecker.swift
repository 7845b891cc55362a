import MartletCore

/// Compares a value with a ``Schema`` and says of every place where it differs what is expected.
struct SchemaChecker {
    private(set) var errors: [APIError] = []

    mutating func check(_ value: JSONValue, _ schema: Schema, at place: JSONPointer) {
        guard errors.count < 20 else { return }
        switch schema {
        case .any: return
        case .reference: return
        case .nullable(let schema):
            if !value.isNull { check(value, schema, at: place) }
        case .string(let maxLength):
            guard let text = text(value, at: place) else { return }
            if let maxLength, text.unicodeScalars.count > maxLength {
                fail(place, "A text of at most \(maxLength) characters is expected.", code: "max_length")
            }
        case .format(let format):
            guard let text = text(value, at: place) else { return }
            if let expectation = TextFormat(format).expectation(ofWrong: text) {
                fail(place, "\(expectation) is expected.")
            }
        case .choice(let choices):
            guard let text = text(value, at: place) else { return }
            if !choices.contains(text) {
                fail(place, "One of \(choices.joined(separator: ", ")) is expected.", code: "invalid_choice")
            }
        case .integer(let range):
            guard let number = value.intValue, range?.contains(number) ?? true else {
                let limits = range.map { " from \($0.lowerBound) to \($0.upperBound)" } ?? ""
                return fail(place, "A whole number\(limits) is expected.", code: code(value))
            }
        case .number:
            if value.doubleValue == nil { fail(place, "A number is expected.", code: code(value)) }
        case .boolean:
            if value.boolValue == nil { fail(place, "true or false is expected.", code: code(value)) }
        case .array(let element, let max):
            guard let elements = value.arrayValue, elements.count <= max ?? 10_000 else {
                return fail(place, "A list of at most \(max ?? 10_000) values is expected.", code: code(value))
            }
            for (index, value) in elements.enumerated() { check(value, element, at: place.appending(index)) }
        case .map(let element):
            guard let members = value.objectValue else {
                return fail(place, "An object is expected.", code: code(value))
            }
            for member in members { check(member.value, element, at: place.appending(member.key)) }
        case .object(let properties): object(value, properties, at: place)
        }
    }

    private mutating func object(_ value: JSONValue, _ properties: [Property], at place: JSONPointer) {
        guard let members = value.objectValue else {
            return fail(place, "An object is expected.", code: code(value))
        }
        var seen: Set<String> = []
        for member in members {
            guard seen.insert(member.key).inserted else {
                fail(place.appending(member.key), "The key stands here more than once.")
                continue
            }
            guard let property = properties.first(where: { $0.name == member.key }) else {
                fail(place.appending(member.key), "'\(member.key.prefix(100))' is unknown here.")
                continue
            }
            check(member.value, property.schema, at: place.appending(member.key))
        }
        for property in properties where property.isRequired && !seen.contains(property.name) {
            fail(place.appending(property.name), "\(property.name) is needed.", code: "required")
        }
    }

    private mutating func text(_ value: JSONValue, at place: JSONPointer) -> String? {
        guard let text = value.stringValue else {
            fail(place, "A text is expected.", code: code(value))
            return nil
        }
        guard !text.unicodeScalars.contains("\0") else {
            fail(place, "A text may not have the character U+0000.")
            return nil
        }
        return text
    }

    private func code(_ value: JSONValue) -> String { value.isNull ? "null" : "invalid" }

    private mutating func fail(_ place: JSONPointer, _ detail: String, code: String = "invalid") {
        errors.append(.field(place.description, detail, code: code))
    }
}
