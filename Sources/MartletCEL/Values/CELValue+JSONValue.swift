import MartletCore

extension CELValue {
    /// The same document as a value. Whole numbers are `int`; of a repeated key the first counts.
    public init(json: JSONValue) {
        switch json {
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .int(let number): self = .int(number)
        case .double(let number): self = .double(number)
        case .string(let text): self = .string(text)
        case .array(let elements): self = .list(CELList(elements.lazy.map { CELValue(json: $0) }))
        case .object(let members):
            var builder = CELMapBuilder(capacity: members.count)
            for member in members { _ = builder.add(.string(member.key), CELValue(json: member.value)) }
            self = .map(CELMap(builder))
        }
    }
}
