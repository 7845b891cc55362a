/// Anything that yields findings: a file, an external scanner's output, one of Martlet's own scanners.
///
/// Ingest pulls, so a slow database holds the source back and only a bounded number of observations exists at a time.
public protocol FindingSource: Sendable {
    /// The next portion; nil after the last. Throws ``MartletError`` when the source cannot be read to its end, in which
    /// case nothing of it may be published.
    func next() async throws -> ObservationBatch?

    /// Tells the source which statements need not be read again, and under which key statements are hashed. A source that
    /// cannot tell repeated statements does nothing. (A requirement without a default: in an asynchronous context a default
    /// would hide an actor's own method.)
    func recognise(_ statements: KnownStatements) async

    /// The scanner that made the statements, for example `prowler`; part of each finding's identity. Known once the
    /// first batch has been read.
    var scanner: String { get async }
}
