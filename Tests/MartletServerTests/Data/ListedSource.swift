import MartletCore

/// A source that says what a test lists.
actor ListedSource: FindingSource {
    private var batch: ObservationBatch?
    let scanner = "test-scanner"

    init(_ findings: [FindingObservation], coverage: [CoverageStatement] = []) {
        var batch = ObservationBatch()
        batch.findings = findings
        batch.coverage = coverage
        self.batch = batch
    }

    func next() async throws -> ObservationBatch? {
        defer { batch = nil }
        return batch
    }

    func recognise(_ statements: KnownStatements) async {}
}
