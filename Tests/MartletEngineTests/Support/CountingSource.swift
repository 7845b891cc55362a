import MartletCore
import MartletFormats
import Synchronization

/// A file in memory that counts what was recognised instead of read.
final class CountingSource: FindingSource {
    private let reader: ScanFileReader
    private let count = Mutex(0)

    init(_ reader: ScanFileReader) { self.reader = reader }

    /// Statements recognised so far.
    var recognised: Int { count.withLock { $0 } }

    func next() async throws -> ObservationBatch? {
        let batch = try await reader.next()
        count.withLock { $0 += batch?.recognised.count ?? 0 }
        return batch
    }

    func recognise(_ statements: KnownStatements) async { await reader.recognise(statements) }

    var scanner: String { get async { await reader.scanner } }
}
