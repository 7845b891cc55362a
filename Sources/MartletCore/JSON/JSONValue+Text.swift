extension JSONValue {
    /// The document without white space, with the keys of every object sorted by their UTF-8 bytes.
    ///
    /// Two documents that differ only in white space, escapes and the order of keys have the same canonical text.
    /// Repeated keys are all kept, in their order. A ``double(_:)`` keeps its decimal point or exponent, so that it reads
    /// back as one.
    public var canonicalText: String {
        var writer = JSONWriter()
        writer.value(self, sortedKeys: true)
        return writer.text
    }

    /// The document without white space, with members in their order.
    public var text: String {
        var writer = JSONWriter()
        writer.value(self)
        return writer.text
    }

    /// The document with one member or element per line and members in their order.
    public func prettyText(indentation: Int = 2) -> String {
        var writer = JSONWriter(indentation: indentation)
        writer.value(self)
        return writer.text
    }

    /// Members in the order of the UTF-8 bytes of their keys; equal keys stay in their order.
    static func sortedByKey(_ members: [Member]) -> [Member] {
        let isSorted = zip(members, members.dropFirst()).allSatisfy { !precedes($1.key, $0.key) }
        guard !isSorted else { return members }
        // The sort of the standard library is stable in fact but not by contract, hence the positions.
        return members.enumerated().sorted { left, right in
            if precedes(left.element.key, right.element.key) { return true }
            if precedes(right.element.key, left.element.key) { return false }
            return left.offset < right.offset
        }.map(\.element)
    }

    /// The order of UTF-8 bytes; the one of `String` compares normalised text instead.
    private static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
