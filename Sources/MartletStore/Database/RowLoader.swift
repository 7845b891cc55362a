import MartletCore

/// Takes the rows of one bulk load. For each row every column is added, in order, and then the row ended.
public protocol RowLoader: AnyObject {
    /// Adds "no value" as the row's next column.
    func addNull()
    /// Adds an integer as the row's next column.
    func add(_ value: Int64)
    /// Adds a number as the row's next column.
    func add(_ value: Double)
    /// Adds a text as the row's next column.
    func add(_ value: String)
    /// Adds bytes as the row's next column.
    func add(_ value: [UInt8])
    /// Adds the 16 bytes of a hash as the row's next column.
    func add(_ value: ContentHash)
    /// Ends the row.
    func endRow() throws
    /// Ends the load and gives the number of rows. Where the table has not taken every row (a trigger or rule that is not
    /// Martlet's swallowed some), this throws, or a later statement of the transaction does, at the latest its end.
    @discardableResult
    func finish() throws -> Int
}

extension RowLoader {
    /// Adds an integer or null.
    public func add(_ value: Int64?) {
        if let value { add(value) } else { addNull() }
    }
    /// Adds a text or null.
    public func add(_ value: String?) {
        if let value { add(value) } else { addNull() }
    }
    /// Adds a value of any type.
    public func add(_ value: Value) {
        switch value {
        case .null: addNull()
        case .int(let value): add(value)
        case .real(let value): add(value)
        case .text(let value): add(value)
        case .bytes(let value): add(value)
        case .hash(let value): add(value)
        // No column holds several numbers.
        case .numbers: addNull()
        }
    }
    /// Adds a moment in milliseconds.
    public func add(_ value: Timestamp) { add(value.milliseconds) }
    /// Adds a moment in milliseconds or null.
    public func add(_ value: Timestamp?) { add(value?.milliseconds) }
    /// Adds 1 or 0.
    public func add(_ value: Bool) { add(Int64(value ? 1 : 0)) }
}
