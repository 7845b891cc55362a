extension JSONValue {
    /// The document without members that are `null`, at any depth. Elements of arrays stay, so that their positions do.
    ///
    /// APIs write `null` for what is not set; checks should not have to tell it from what is left out.
    public var withoutNullMembers: JSONValue {
        switch self {
        case .object(let members):
            .object(members.filter { !$0.value.isNull }.map { Member($0.key, $0.value.withoutNullMembers) })
        case .array(let elements): .array(elements.map(\.withoutNullMembers))
        default: self
        }
    }
}
