import MartletCore

/// An object of a source's document whose keys are each there once.
struct ExternalFields {
    let members: [(String, JSONValue)]
    private let place: String

    init(_ json: JSONValue, at place: String) throws {
        guard case .object(let members) = json else { throw Self.wrong("an object", place) }
        guard Set(members.map(\.key)).count == members.count else {
            throw MartletError(.invalidInput, "a key stands here twice", place: place)
        }
        self.members = members.map { ($0.key, $0.value) }
        self.place = place
    }

    func pointer(_ key: String) -> String { place + JSONPointer(tokens: [key]).description }

    func value(_ key: String) throws -> JSONValue {
        guard let value = members.first(where: { $0.0 == key })?.1 else {
            throw MartletError(.invalidInput, "a source needs the key \(key)", place: pointer(key))
        }
        return value
    }

    func text(_ key: String) throws -> String { try Self.text(try value(key), pointer(key)) }

    static func text(_ json: JSONValue, _ pointer: String) throws -> String {
        guard case .string(let text) = json else { throw wrong("a text", pointer) }
        return text
    }

    static func number(_ json: JSONValue, _ pointer: String) throws -> Int64 {
        guard case .int(let number) = json else { throw wrong("a whole number", pointer) }
        return number
    }

    static func list(_ json: JSONValue, _ pointer: String) throws -> [(JSONValue, String)] {
        guard case .array(let items) = json else { throw wrong("a list", pointer) }
        return items.enumerated().map { ($0.element, "\(pointer)/\($0.offset)") }
    }

    private static func wrong(_ expected: String, _ pointer: String) -> MartletError {
        MartletError(.invalidInput, "\(expected) was expected in a source", place: pointer)
    }
}
