import MartletCore

/// The reading behind ``ScanFileReader``, without an actor: cuts a file into elements, decodes them and gathers batches.
final class ScanFileBatches {
    /// What the file turned out to be; nil until something was read.
    private(set) var format: ScanFileFormat?
    let statements = SourceStatements()

    private let options: ReadingOptions
    private let name: String
    private let origin: any ByteSource
    private var content: ScanFileContent?
    // Findings of an element that did not fit into the batch before.
    private var overflow: [FindingObservation] = []
    private var finished = false
    private var known: KnownStatements?
    private var batchSize: Int

    /// A batch ends when its elements have this many bytes.
    private static let maximumBatchBytes = 16 << 20
    /// The first batch is small and the next ones grow: once their accounts are known, the rest may be recognised instead
    /// of read.
    private static let firstBatchSize = 64
    private static let growth = 4
    /// How much is read from the file at once.
    private static let pieceBytes = 256 << 10

    init(source: any ByteSource, name: String, options: ReadingOptions) {
        self.options = options.clamped
        batchSize = min(Self.firstBatchSize, self.options.batchSize)
        self.name = name
        self.origin = source
    }

    func next() throws -> ObservationBatch? {
        var batch = ObservationBatch()
        batch.findings = overflow
        overflow = []
        let readBytes = finished ? 0 : try fill(&batch)
        if batch.findings.count > batchSize {
            overflow = Array(batch.findings[batchSize...])
            batch.findings.removeSubrange(batchSize...)
        }
        // As long as nothing is recognised the next ones may yet be: what must be read is not read ahead.
        if !batch.recognised.isEmpty, batch.findings.count + batch.rejections.count < options.batchSize {
            batch.joinableBytes = readBytes
        }
        batchSize = min(batchSize * Self.growth, options.batchSize)
        batch.bytesRead = origin.bytesRead
        return batch.findings.isEmpty && batch.rejections.isEmpty && batch.recognised.isEmpty ? nil : batch
    }

    /// Gives the bytes of the elements that were read, those that were recognised left out.
    private func fill(_ batch: inout ObservationBatch) throws -> Int {
        let content = try opened()
        var bytes = 0
        var recognisedBytes = 0
        while batch.findings.count + batch.rejections.count + batch.recognised.count < batchSize,
            bytes < Self.maximumBatchBytes
        {
            switch content.splitter.next() {
            case .item(let item):
                bytes += item.length
                let recognised = batch.recognised.count
                defer { if batch.recognised.count > recognised { recognisedBytes += item.length } }
                if let refusal = content.decoder.decode(item, into: &batch) {
                    batch.rejections.append(refusal.rejection(at: content.place(of: item, in: name)))
                }
            case .oversized(let item):
                let refusal = Refusal("", "the element is longer than \(options.maximumElementBytes) bytes")
                batch.rejections.append(refusal.rejection(at: content.place(of: item, in: name)))
            case .needsMore:
                try Task.checkCancellation()
                try content.splitter.fill(from: content.source, atLeast: Self.pieceBytes)
            case .end:
                finished = true
                self.content = nil
                return bytes - recognisedBytes
            case .broken(let problem, let item):
                throw broken(problem, item, content.format)
            }
        }
        return bytes - recognisedBytes
    }

    private func broken(_ problem: String, _ item: Splitter.Item, _ format: ScanFileFormat) -> MartletError {
        let element = format == .prowlerCSV ? "row" : "element"
        let place = "\(element) \(max(item.number, 1)), line \(item.line), byte \(item.offset)"
        return MartletError(
            .invalidInput, "\(problem); nothing of the file can be used", place: Place(file: name).appending(place))
    }

    /// Tells which statements need not be read again.
    func recognise(_ statements: KnownStatements) {
        known = statements
        content?.decoder.recognise(statements)
    }

    private func opened() throws -> ScanFileContent {
        if let content { return content }
        let opened = try ScanFileContent.recognise(origin, name: name, options: options, statements: statements)
        format = opened.format
        content = opened
        if let known { opened.decoder.recognise(known) }
        return opened
    }
}
