/// The fields of a message in their order; names are compared without regard to case.
public struct HTTPHeaders: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// One field.
    public struct Field: Sendable, Hashable {
        /// The name as it was given.
        public let name: String
        /// The value without white space around it.
        public let value: String

        /// A field of a name and a value.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// All fields in their order; a name may occur more than once.
    public private(set) var fields: [Field]

    /// Headers of these fields.
    public init(_ fields: [Field] = []) { self.fields = fields }

    /// Headers of a literal.
    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field($0.0, $0.1) }
    }

    /// The first value of the name. Setting replaces all fields of the name; nil removes them.
    public subscript(name: String) -> String? {
        get { fields.first { Self.same($0.name, name) }?.value }
        set {
            fields.removeAll { Self.same($0.name, name) }
            if let newValue { fields.append(Field(name, newValue)) }
        }
    }

    /// All values of the name.
    public func all(_ name: String) -> [String] {
        fields.filter { Self.same($0.name, name) }.map(\.value)
    }

    /// The elements of all values of the name, which are lists with commas (RFC 9110, section 5.6.1), without empty ones.
    public func list(_ name: String) -> [String] {
        all(name).flatMap { value in
            value.split(separator: ",").map { Self.trimmed($0) }.filter { !$0.isEmpty }
        }
    }

    /// Adds a field, beside others of the name.
    public mutating func add(_ name: String, _ value: String) { fields.append(Field(name, value)) }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }

    private static func same(_ left: String, _ right: String) -> Bool {
        let left = left.utf8
        let right = right.utf8
        return left.count == right.count && zip(left, right).allSatisfy { lower($0) == lower($1) }
    }

    private static func lower(_ byte: UInt8) -> UInt8 { 0x41...0x5A ~= byte ? byte | 0x20 : byte }
}
