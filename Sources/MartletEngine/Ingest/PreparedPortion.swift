import MartletCore

/// A portion of a source after preparation: what it says of each account, and what could not be used.
struct PreparedPortion: Sendable {
    /// In the order in which the portion names the accounts.
    var batches: [(account: AccountKey, batch: PreparedBatch)] = []
    /// Statements that the source repeats word for word.
    var recognised: [RecognisedStatement] = []
    var rejections: [Rejection] = []
    var coverage: [CoverageStatement] = []
    var descriptions: [AccountKey: AccountDescription] = [:]
    /// Findings stated, before merging.
    var findings = 0
    /// Bytes of the source as stored that have been read.
    var bytesRead = 0
    /// The scanner that made the statements.
    var scanner = ""
}
