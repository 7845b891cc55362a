extension JSONValue {
    /// The document with a merge patch applied (RFC 7396): members of objects are replaced one by one, `null` removes
    /// one, and everything else, arrays included, is replaced as a whole.
    public func merging(_ patch: JSONValue) -> JSONValue {
        guard case .object(let changes) = patch else { return patch }
        var members = objectValue ?? []
        for change in changes {
            let position = members.firstIndex { $0.key == change.key }
            if change.value.isNull {
                if let position { members.remove(at: position) }
            } else if let position {
                members[position].value = members[position].value.merging(change.value)
            } else {
                members.append(Member(change.key, JSONValue.object([]).merging(change.value)))
            }
        }
        return .object(members)
    }
}
