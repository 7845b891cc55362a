import MartletCore

/// A finished node and what it costs each time it is used.
struct YAMLSubtree {
    var node: MarkedNode
    /// The nodes in it, itself and keys included, aliases expanded.
    var nodes: Int
    /// The bytes of its scalars, aliases expanded.
    var bytes: Int
    /// Levels of collections in it; 0 for a scalar.
    var height: Int

    init(_ node: MarkedNode, nodes: Int, bytes: Int, height: Int) {
        self.node = node
        self.nodes = nodes
        self.bytes = bytes
        self.height = height
    }
}

/// What an anchor stands for.
enum YAMLAnchor {
    /// A collection that has not ended: an alias to it would never end.
    case open
    case closed(YAMLSubtree)
}

/// A collection that has not ended.
struct YAMLFrame {
    let anchor: String?
    private let start: MarkedNode
    private let isMapping: Bool
    private var items: [MarkedNode] = []
    private var entries: [MarkedNode.Entry] = []
    private var keys: Set<String> = []
    private var key: MarkedNode?
    private var nodes = 1
    private var bytes = 0
    private var height = 0

    init(_ start: MarkedNode, anchor: String?) {
        self.start = start
        self.anchor = anchor
        if case .mapping = start.value { isMapping = true } else { isMapping = false }
    }

    /// The next node is a key.
    var awaitsKey: Bool { isMapping && key == nil }

    /// Takes the next node; false when it is a key that the mapping already has.
    mutating func add(_ subtree: YAMLSubtree) -> Bool {
        nodes += subtree.nodes
        bytes += subtree.bytes
        height = max(height, subtree.height)
        if !isMapping {
            items.append(subtree.node)
        } else if let key {
            entries.append(
                MarkedNode.Entry(key: key.text, line: key.line, column: key.column, value: subtree.node))
            self.key = nil
        } else {
            key = subtree.node
            return keys.insert(subtree.node.text).inserted
        }
        return true
    }

    /// The collection with all it has taken.
    var subtree: YAMLSubtree {
        var node = start
        node.value = isMapping ? .mapping(entries) : .sequence(items)
        return YAMLSubtree(node, nodes: nodes, bytes: bytes, height: height + 1)
    }

    /// The last part of the collection's tag in YAML.
    static func tagName(_ value: MarkedNode.Value) -> String {
        if case .mapping = value { "map" } else { "seq" }
    }
}
