extension JSONValue {
    /// The value a pointer leads to; nil when there is none. A repeated key means its first member.
    public subscript(pointer: JSONPointer) -> JSONValue? {
        var current = self
        for token in pointer.tokens {
            guard let next = current.child(token) else { return nil }
            current = next
        }
        return current
    }

    private func child(_ token: String) -> JSONValue? {
        switch self {
        case .object: self[token]
        // RFC 6901 allows neither signs nor leading zeros in an index.
        case .array: Int(token).flatMap { String($0) == token ? self[$0] : nil }
        default: nil
        }
    }
}
