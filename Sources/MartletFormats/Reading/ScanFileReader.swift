import MartletCore

/// Reads a file of findings in bounded memory: OCSF Detection Findings as a JSON array or one object a line, or
/// Prowler's CSV, each also compressed with gzip or zstd. What it is, is recognised by content.
///
/// A finding that cannot be used becomes a rejection of its batch and the rest is read. A file that cannot be read to
/// its end – cut off, broken between its elements, not of a known format – makes ``next()`` throw; the same error is
/// thrown by every later call. Reading blocks, so the actor has a thread of its own.
public actor ScanFileReader: FindingSource {
    /// The size of the file as stored, for progress; nil for streams.
    public nonisolated let sizeInBytes: Int?

    private let executor: DedicatedThreadExecutor
    // Nil after a failure: files and buffers are of no use any more.
    private var batches: ScanFileBatches?
    private var failure: (any Error)?

    /// What the file turned out to be; nil until the first batch has been read.
    public private(set) var format: ScanFileFormat?
    /// `metadata.product.uid` of the first finding in lower case, `prowler` for Prowler's CSV; `ocsf` as long as no
    /// finding was read, and when the first one names no product.
    public private(set) var scanner = SourceStatements.unnamedScanner

    /// Prepares to read a file; it is opened by the first call of ``next()``.
    ///
    /// - Parameter path: the file's path, `-` for standard input.
    /// - Throws: ``MartletError`` with code `limit` when the system gives no more threads.
    public init(path: String, options: ReadingOptions = ReadingOptions()) throws {
        let name = options.name ?? (path == "-" ? "standard input" : path)
        try self.init(source: FileByteSource(path: path, name: name), name: name, options: options)
    }

    /// Reads findings that are in memory already.
    ///
    /// - Throws: ``MartletError`` with code `limit` when the system gives no more threads.
    public init(bytes: [UInt8], options: ReadingOptions = ReadingOptions()) throws {
        try self.init(source: MemoryByteSource(bytes), name: options.name ?? "", options: options)
    }

    init(source: sending any ByteSource, name: String, options: ReadingOptions) throws {
        executor = try DedicatedThreadExecutor()
        sizeInBytes = source.size
        batches = ScanFileBatches(source: source, name: name, options: options)
    }

    /// The reader's own thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// The next batch; nil after the last. See ``FindingSource``.
    ///
    /// - Throws: ``MartletError``, or `CancellationError` when the calling task was cancelled.
    public func next() throws -> ObservationBatch? {
        if let failure { throw failure }
        defer {
            format = batches?.format ?? format
            scanner = batches?.statements.scanner ?? scanner
            if failure != nil { batches = nil }
        }
        do {
            return try batches?.next()
        } catch {
            failure = error
            throw error
        }
    }

    /// Statements of OCSF that are known are not read again. See ``FindingSource``.
    public func recognise(_ statements: KnownStatements) { batches?.recognise(statements) }
}
