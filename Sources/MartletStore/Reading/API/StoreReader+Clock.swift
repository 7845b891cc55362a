import MartletCore

extension StoreReader {
    /// The database's clock.
    public func now() throws -> Timestamp { Timestamp(milliseconds: try connection.now()) }
}
