import MartletCore

extension CheckDefinition {
    /// Reads a check's file.
    ///
    /// Throws ``MartletError`` (`invalidInput`) with `file:line:column` for a field that is missing, unknown or of another
    /// type, and for what contradicts itself. Expressions are not parsed; ``CompiledCheck`` does that.
    public init(document: MarkedNode, file: String) throws(MartletError) {
        self = try CheckReader(file: file).read(document)
    }

    /// Reads an example that stands in a file of its own, after those the check has. Throws like
    /// ``init(document:file:)``.
    public mutating func add(example document: MarkedNode, file: String) throws(MartletError) {
        examples = try CheckExampleReader(file: file).read([document], of: self)
    }
}
