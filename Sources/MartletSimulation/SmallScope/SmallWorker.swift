/// A worker of the small world. It knows what it claimed, and how far it came; a crash makes it a new one.
struct SmallWorker {
    var work: ClaimedWork?
    var generation = 0
    var hasWritten = false
    var hasClosed = false
    var hasPublished = false
    /// The transaction that is open; 0 for none.
    var transaction = 0
    var isEnding = false
}
