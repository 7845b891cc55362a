/// What a YAML document may cost; the defaults fit any mutelist or configuration.
public struct YAMLLimits: Sendable, Hashable {
    /// The most bytes of source text.
    public var bytes: Int
    /// The deepest nesting of collections, aliases expanded.
    public var depth: Int
    /// The most nodes, aliases expanded; a key counts as one.
    public var nodes: Int
    /// The most bytes of scalars, aliases expanded.
    public var expandedBytes: Int

    /// 16 MiB, 64 levels, 1,000,000 nodes and 64 MiB unless told otherwise.
    public init(
        bytes: Int = 16 << 20, depth: Int = 64, nodes: Int = 1_000_000, expandedBytes: Int = 64 << 20
    ) {
        self.bytes = bytes
        self.depth = depth
        self.nodes = nodes
        self.expandedBytes = expandedBytes
    }
}
