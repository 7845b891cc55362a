import CYAML
import MartletCore

/// Builds the tree from events, with a stack of its own: nesting costs no stack of the thread.
struct YAMLTreeBuilder {
    /// The document read so far; a null node of an empty one.
    private(set) var root = MarkedNode(.null)

    private let file: String
    private let limits: YAMLLimits
    private var open: [YAMLFrame] = []
    private var anchors: [String: YAMLAnchor] = [:]
    private var documents = 0
    private var nodes = 0
    private var scalarBytes = 0

    init(file: String, limits: YAMLLimits) {
        self.file = file
        self.limits = limits
    }

    mutating func take(_ event: yaml_event_t) throws {
        let line = Int(clamping: event.start_mark.line) + 1
        let column = Int(clamping: event.start_mark.column) + 1
        switch event.type {
        case YAML_DOCUMENT_START_EVENT:
            documents += 1
            guard documents == 1 else { throw invalid("only one document a file is read", line, column) }
        case YAML_ALIAS_EVENT:
            try alias(Self.string(event.data.alias.anchor) ?? "", line, column)
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            let plain = scalar.style == YAML_PLAIN_SCALAR_STYLE
            let anchor = Self.string(scalar.anchor)
            try count(nodes: 1, bytes: text.utf8.count, line, column)
            guard let value = YAMLScalar.resolve(text, plain: plain, tag: Self.string(scalar.tag)) else {
                throw invalid("the tag does not fit the value, or is not one of YAML's own types", line, column)
            }
            if plain && text == "<<" && awaitsKey {
                throw invalid("merge keys (<<) are not read: write the keys out", line, column)
            }
            let node = MarkedNode(value, text: text, line: line, column: column)
            try add(YAMLSubtree(node, nodes: 1, bytes: text.utf8.count, height: 0), anchor: anchor, scalar: true)
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            try begin(.sequence([]), Self.string(start.anchor), Self.string(start.tag), line, column)
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            try begin(.mapping([]), Self.string(start.anchor), Self.string(start.tag), line, column)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
            if let frame = open.popLast() { try add(frame.subtree, anchor: frame.anchor, scalar: false) }
        default:
            break
        }
    }

    private var awaitsKey: Bool { open.last?.awaitsKey ?? false }

    private mutating func begin(
        _ value: MarkedNode.Value, _ anchor: String?, _ tag: String?, _ line: Int, _ column: Int
    ) throws {
        try count(nodes: 1, bytes: 0, line, column)
        guard open.count < limits.depth else { throw tooDeep(line, column) }
        guard !awaitsKey else { throw invalid("a key must be a scalar", line, column) }
        let node = MarkedNode(value, line: line, column: column)
        guard tag == nil || tag == "!" || tag == "tag:yaml.org,2002:\(YAMLFrame.tagName(value))" else {
            throw invalid("the tag does not fit the value, or is not one of YAML's own types", line, column)
        }
        if let anchor { anchors[anchor] = .open }
        open.append(YAMLFrame(node, anchor: anchor))
    }

    private mutating func alias(_ name: String, _ line: Int, _ column: Int) throws {
        switch anchors[name] {
        case nil: throw invalid("the alias *\(name) has no anchor before it", line, column)
        case .open: throw invalid("the alias *\(name) stands inside its own anchor", line, column)
        case .closed(var subtree):
            try count(nodes: subtree.nodes, bytes: subtree.bytes, line, column)
            guard open.count + subtree.height <= limits.depth else { throw tooDeep(line, column) }
            subtree.node.line = line
            subtree.node.column = column
            try add(subtree, anchor: nil, scalar: subtree.height == 0)
        }
    }

    /// Puts a finished node where it belongs.
    private mutating func add(_ subtree: YAMLSubtree, anchor: String?, scalar: Bool) throws {
        if let anchor { anchors[anchor] = .closed(subtree) }
        guard !open.isEmpty else {
            root = subtree.node
            return
        }
        if awaitsKey && !scalar { throw invalid("a key must be a scalar", subtree.node.line, subtree.node.column) }
        guard open[open.count - 1].add(subtree) else {
            throw invalid("the key \"\(subtree.node.text)\" stands here twice", subtree.node.line, subtree.node.column)
        }
    }

    private mutating func count(nodes more: Int, bytes: Int, _ line: Int, _ column: Int) throws {
        nodes += more
        scalarBytes += bytes
        guard nodes <= limits.nodes, scalarBytes <= limits.expandedBytes else {
            throw MartletError(
                .limit,
                "the document, aliases expanded, has more than \(limits.nodes) nodes or \(limits.expandedBytes) bytes",
                place: "\(file):\(line):\(column)")
        }
    }

    private func tooDeep(_ line: Int, _ column: Int) -> MartletError {
        MartletError(.limit, "nested deeper than \(limits.depth) levels", place: "\(file):\(line):\(column)")
    }

    private func invalid(_ message: String, _ line: Int, _ column: Int) -> MartletError {
        MartletError(.invalidInput, message, place: "\(file):\(line):\(column)")
    }

    private static func string(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        text.map { String(cString: $0) }
    }
}
