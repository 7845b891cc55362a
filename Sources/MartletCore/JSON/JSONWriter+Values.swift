extension JSONWriter {
    /// A key with a text value.
    public mutating func field(_ key: String, _ value: String) {
        self.key(key)
        string(value)
    }

    /// A key with a text value, or `null`.
    public mutating func field(_ key: String, _ value: String?) {
        self.key(key)
        if let value { string(value) } else { null() }
    }

    /// A key with a whole number.
    public mutating func field(_ key: String, _ value: some BinaryInteger) {
        self.key(key)
        int(value)
    }

    /// A key with a number; see ``double(_:)``.
    public mutating func field(_ key: String, _ value: Double) {
        self.key(key)
        double(value)
    }

    /// A key with `true` or `false`.
    public mutating func field(_ key: String, _ value: Bool) {
        self.key(key)
        bool(value)
    }

    /// A key with an array of texts.
    public mutating func field(_ key: String, _ values: [String]) {
        self.key(key)
        beginArray()
        for value in values { string(value) }
        endArray()
    }

    /// A key with any value; see ``value(_:sortedKeys:)``.
    public mutating func field(_ key: String, _ value: JSONValue) {
        self.key(key)
        self.value(value)
    }

    /// Any value; members in the order they have, or sorted by the UTF-8 bytes of their keys, equal keys in their order.
    public mutating func value(_ value: JSONValue, sortedKeys: Bool = false) {
        switch value {
        case .null: null()
        case .bool(let flag): bool(flag)
        case .int(let number): int(number)
        case .double(let number): double(number)
        case .string(let text): string(text)
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element, sortedKeys: sortedKeys) }
            endArray()
        case .object(let members):
            beginObject()
            for member in sortedKeys ? JSONValue.sortedByKey(members) : members {
                key(member.key)
                self.value(member.value, sortedKeys: sortedKeys)
            }
            endObject()
        }
    }
}
