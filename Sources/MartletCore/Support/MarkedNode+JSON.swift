extension MarkedNode {
    /// The tree as JSON, without its marks.
    ///
    /// Throws ``MartletError`` (`invalidInput`) at the place of a number that JSON cannot express: infinite or none.
    public func json(file: String) throws -> JSONValue {
        switch value {
        case .null: return .null
        case .bool(let bool): return .bool(bool)
        case .int(let int): return .int(int)
        case .double(let double):
            guard double.isFinite else {
                throw MartletError(
                    .invalidInput, "the number \(text) has no equivalent in JSON", place: place(in: file))
            }
            return .double(double)
        case .string(let string): return .string(string)
        case .sequence(let nodes): return .array(try nodes.map { try $0.json(file: file) })
        case .mapping(let entries):
            return .object(try entries.map { JSONValue.Member($0.key, try $0.value.json(file: file)) })
        }
    }
}
