import MartletCore

/// A value of a check that a tenant may change, such as a number of days.
public struct CheckParameter: Sendable, Hashable {
    /// The name under `param`.
    public let name: String
    /// What kind of value it takes.
    public let type: CheckParameterType
    /// The value unless a tenant sets another.
    public let defaultValue: JSONValue
    /// What it means, with its unit.
    public let description: String
    /// The smallest number allowed, the number itself included; also of each number in a list.
    public let minimum: Double?
    /// The largest number allowed, the number itself included; also of each number in a list.
    public let maximum: Double?
    /// The values allowed; empty means any. Of a list it is each element that must be among them.
    public let choices: [JSONValue]

    /// Makes a parameter; `defaultValue` must be one that ``accept(_:)`` takes.
    public init(
        name: String, type: CheckParameterType, defaultValue: JSONValue, description: String, minimum: Double? = nil,
        maximum: Double? = nil, choices: [JSONValue] = []
    ) {
        self.name = name
        self.type = type
        self.defaultValue = defaultValue
        self.description = description
        self.minimum = minimum
        self.maximum = maximum
        self.choices = choices
    }

    /// The value in the parameter's type. Throws ``MartletError`` (`invalidInput`) for another type, a number out of
    /// range, or a value that is no choice.
    public func accept(_ value: JSONValue) throws(MartletError) -> JSONValue {
        guard let accepted = type.accept(value) else {
            throw MartletError(.invalidInput, "the parameter \(name) takes \(type.words), not \(value.text)")
        }
        for element in accepted.arrayValue ?? [accepted] {
            if let number = element.doubleValue {
                if let minimum, number < minimum { throw outside(element) }
                if let maximum, number > maximum { throw outside(element) }
            }
            if !choices.isEmpty, !choices.contains(element) {
                let all = choices.map(\.text).joined(separator: ", ")
                throw MartletError(.invalidInput, "the parameter \(name) takes one of \(all), not \(element.text)")
            }
        }
        return accepted
    }

    private func outside(_ value: JSONValue) -> MartletError {
        let low = minimum.map { "at least \(Self.text($0))" }
        let high = maximum.map { "at most \(Self.text($0))" }
        let range = [low, high].compactMap { $0 }.joined(separator: " and ")
        return MartletError(.invalidInput, "the parameter \(name) takes \(range), not \(value.text)")
    }

    private static func text(_ number: Double) -> String { Int64(exactly: number).map(String.init) ?? "\(number)" }
}
