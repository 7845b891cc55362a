import MartletCore

extension ScanCounts {
    /// Checks that every statement that was read became something: the guard against findings lost unseen.
    public func reconcile() throws {
        let became = rejected + duplicates + new + changed + updated + unchanged + returned
        guard read == became else {
            throw MartletError(
                .database, "\(read) findings were read and \(became) accounted for; nothing was published.")
        }
    }
}
