import MartletCEL

extension CheckData {
    /// The items as the check's expressions see them under `data`.
    public func arrange(_ items: some Sequence<CELValue>) -> CELValue {
        switch arrangement {
        case .list: return .list(CELList(items))
        case .index(let path):
            var index: [String: CELValue] = [:]
            for item in items { if let key = Self.key(item, path) { index[key] = item } }
            return Self.map(index)
        case .group(let path):
            var groups: [String: ContiguousArray<CELValue>] = [:]
            for item in items { if let key = Self.key(item, path) { groups[key, default: []].append(item) } }
            return Self.map(groups.mapValues { .list(CELList($0)) })
        }
    }

    /// The text at a path, in lower case; nil when there is none.
    private static func key(_ item: CELValue, _ path: [String]) -> String? {
        var value = item
        for key in path {
            guard case .map(let map) = value, let next = map[key] else { return nil }
            value = next
        }
        guard case .string(let text) = value else { return nil }
        return text.lowercased()
    }

    /// In the order of keys, so that what walks over it does not depend on the order of answers.
    private static func map(_ entries: [String: CELValue]) -> CELValue {
        let sorted = entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return CELMap(sorted.map { (CELValue.string($0.key), $0.value) }).map { .map($0) } ?? .map(.empty)
    }
}
