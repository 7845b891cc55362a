import MartletCore

/// Gives what another source says in small portions, each of one check, as scanners that run check by check do.
actor GroupedSource: FindingSource {
    private let source: any FindingSource
    private let size: Int
    /// What a finding of the generated estates takes in its file.
    private static let findingBytes = 4_000
    private var waiting: [ObservationBatch] = []

    init(_ source: any FindingSource, size: Int) {
        self.source = source
        self.size = size
    }

    func next() async throws -> ObservationBatch? {
        if waiting.isEmpty, let batch = try await source.next() { waiting = portions(of: batch).reversed() }
        return waiting.popLast()
    }

    func recognise(_ statements: KnownStatements) async { await source.recognise(statements) }

    var scanner: String { get async { await source.scanner } }

    private func portions(of batch: ObservationBatch) -> [ObservationBatch] {
        var portions: [ObservationBatch] = []
        var start = 0
        for index in 0...batch.findings.count where index > start {
            let isEnd = index == batch.findings.count
            guard
                isEnd || index - start == size || batch.findings[index].check.check != batch.findings[start].check.check
            else { continue }
            var portion = ObservationBatch()
            portion.findings = Array(batch.findings[start..<index])
            portion.joinableBytes = (index - start) * Self.findingBytes
            portion.bytesRead = batch.bytesRead
            portions.append(portion)
            start = index
        }
        for start in stride(from: 0, to: batch.recognised.count, by: size) {
            var portion = ObservationBatch()
            portion.recognised = Array(batch.recognised[start..<min(start + size, batch.recognised.count)])
            portion.joinableBytes = portion.recognised.count * Self.findingBytes
            portion.bytesRead = batch.bytesRead
            portions.append(portion)
        }
        // What comes once comes first, where the account is met.
        if portions.isEmpty { return [batch] }
        portions[0].rejections = batch.rejections
        portions[0].accounts = batch.accounts
        return portions
    }
}
