/// A document as a tree in which every node knows where it stands, so that errors can name the place.
///
/// YAML is read into it; its values are those of YAML 1.2's core schema.
public struct MarkedNode: Sendable, Hashable {
    /// What a node holds.
    public enum Value: Sendable, Hashable {
        case null
        case bool(Bool)
        case int(Int64)
        /// Also an integer that 64 bits do not hold; may be infinite or not a number.
        case double(Double)
        case string(String)
        case sequence([MarkedNode])
        /// In the order of the document; no key occurs twice.
        case mapping([Entry])
    }

    /// A key of a mapping and its value.
    public struct Entry: Sendable, Hashable {
        /// The key as it was written, quotes and escapes resolved: `012` stays `012`.
        public var key: String
        /// The key's line, from 1.
        public var line: Int
        /// The key's column, from 1, in characters.
        public var column: Int
        /// What stands under the key.
        public var value: MarkedNode

        /// Makes an entry from its parts.
        public init(key: String, line: Int, column: Int, value: MarkedNode) {
            self.key = key
            self.line = line
            self.column = column
            self.value = value
        }

        /// The key's place for an error, `file:line:column`.
        public func place(in file: String) -> String { "\(file):\(line):\(column)" }
    }

    /// What the node holds.
    public var value: Value
    /// A scalar as it was written, quotes and escapes resolved, whatever type it has; empty for collections. An account
    /// id written `012345678901` is an integer by its type, and has its leading zero only here.
    public var text: String
    /// The line on which the node begins, from 1.
    public var line: Int
    /// The column at which the node begins, from 1, in characters.
    public var column: Int

    /// Makes a node from its parts.
    public init(_ value: Value, text: String = "", line: Int = 1, column: Int = 1) {
        self.value = value
        self.text = text
        self.line = line
        self.column = column
    }

    /// The node's place for an error, `file:line:column`.
    public func place(in file: String) -> String { "\(file):\(line):\(column)" }

    /// What kind of node it is, in words for an error: `a list`, `a mapping`, `text`, `a number`, `true or false`,
    /// `nothing`.
    public var kind: String {
        switch value {
        case .null: "nothing"
        case .bool: "true or false"
        case .int, .double: "a number"
        case .string: "text"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}
