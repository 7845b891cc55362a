import MartletCore
import MartletReference
import Synchronization

/// A source of batches that are in memory already. The hook runs before each batch is given out and may throw.
final class MemorySource: FindingSource {
    typealias Hook = @Sendable (_ index: Int) async throws -> Void

    private let batches: [ObservationBatch]
    private let hook: Hook
    private let position = Mutex(0)
    private let name: String

    init(_ batches: [ObservationBatch], scanner: String = "prowler", hook: @escaping Hook = { _ in }) {
        self.batches = batches
        self.hook = hook
        name = scanner
    }

    /// Statements of the test account in batches; the rejections come with the first.
    convenience init(
        _ statements: [Statement], at time: Int64, batch: Int = .max, rejections: [Rejection] = [],
        scanner: String = "prowler", account: AccountKey? = nil, hook: @escaping Hook = { _ in }
    ) {
        guard let account = try? account ?? Statement.account else {
            self.init([])
            return
        }
        let observations = statements.map { $0.observation(at: time, account: account) }
        var batches: [ObservationBatch] = []
        var start = 0
        repeat {
            let end = batch < observations.count - start ? start + batch : observations.count
            var portion = ObservationBatch()
            portion.findings = Array(observations[start..<end])
            if start == 0 { portion.rejections = rejections }
            batches.append(portion)
            start = end
        } while start < observations.count
        self.init(batches, scanner: scanner, hook: hook)
    }

    func next() async throws -> ObservationBatch? {
        let index = position.withLock { position in
            defer { position += 1 }
            return position
        }
        try await hook(index)
        return index < batches.count ? batches[index] : nil
    }

    func recognise(_ statements: KnownStatements) {}

    var scanner: String { name }
}
