import MartletCore

/// A source that lets the import wait before its third portion, for longer than a lease is left without renewal.
actor SlowSource: FindingSource {
    private let source: any FindingSource
    private let breaks: Bool
    private var portions = 0

    /// - Parameter breaks: It fails instead of giving its fifth portion.
    init(_ source: any FindingSource, breaks: Bool = false) {
        self.source = source
        self.breaks = breaks
    }

    func next() async throws -> ObservationBatch? {
        portions += 1
        if portions == 3 { try await Task.sleep(for: .milliseconds(60)) }
        if portions == 5, breaks { throw MartletError(.io, "The source is away.") }
        return try await source.next()
    }

    func recognise(_ statements: KnownStatements) async { await source.recognise(statements) }

    var scanner: String { get async { await source.scanner } }
}
