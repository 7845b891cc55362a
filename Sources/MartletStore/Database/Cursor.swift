/// The rows of a query, one at a time. A cursor that is not read to its end must be closed.
public protocol Cursor: AnyObject {
    /// The next row, or nil after the last; the row is valid until the next call.
    func next() throws -> (any Row)?
    /// Ends the query. Calling it again does nothing.
    func close()
}
