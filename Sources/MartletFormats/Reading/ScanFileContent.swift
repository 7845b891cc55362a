import MartletCore

/// Turns one element of a file into observations.
protocol ElementDecoder: AnyObject {
    /// Appends the element's findings and accounts to the batch, or says why it cannot be used. The element's bytes may
    /// be overwritten.
    func decode(_ item: Splitter.Item, into batch: inout ObservationBatch) -> Refusal?

    /// Tells which statements need not be read again; a decoder that cannot tell ignores it.
    func recognise(_ statements: KnownStatements)
}

/// An opened file: what it is and the parts that read it.
struct ScanFileContent {
    let format: ScanFileFormat
    let source: any ByteSource
    let splitter: Splitter
    let decoder: any ElementDecoder
    /// What rejections count: `line` or `element`.
    let unit: String

    func place(of item: Splitter.Item, in name: String) -> String {
        Place(file: name).appending("\(unit) \(unit == "line" ? item.line : item.number)")
    }

    /// Finds out what a file is and prepares to read it.
    ///
    /// - Throws: ``MartletError``: `invalid_input` for an empty or unknown file.
    static func recognise(
        _ origin: any ByteSource, name: String, options: ReadingOptions, statements: SourceStatements
    ) throws -> ScanFileContent {
        let source = try decompressed(PeekingByteSource(origin), name: name)
        let start = try source.peek(Recognition.bytesNeeded)
        let recognised = try Recognition.recognise(start, name: name)
        try source.skip(recognised.skipped)
        let limit = options.maximumElementBytes
        switch recognised.kind {
        case .array:
            return ScanFileContent(
                format: .ocsfArray, source: source, splitter: try Splitter(.array, limit: limit),
                decoder: try OCSFDecoder(statements: statements), unit: "element")
        case .lines:
            return ScanFileContent(
                format: .ocsfNDJSON, source: source, splitter: try Splitter(.lines, limit: limit),
                decoder: try OCSFDecoder(statements: statements), unit: "line")
        case .objects:
            return ScanFileContent(
                format: .ocsfNDJSON, source: source, splitter: try Splitter(.objects, limit: limit),
                decoder: try OCSFDecoder(statements: statements), unit: "element")
        case .table(let separator):
            let splitter = try Splitter(.records(separator: separator), limit: limit)
            let header = try CSVHeader.read(splitter, from: source, separator: separator, name: name)
            statements.scanner = "prowler"
            return ScanFileContent(
                format: .prowlerCSV, source: source, splitter: splitter,
                decoder: CSVDecoder(header: header, statements: statements), unit: "line")
        }
    }

    private static func decompressed(_ source: PeekingByteSource, name: String) throws -> PeekingByteSource {
        let magic = try source.peek(4)
        if magic.starts(with: [0x1F, 0x8B]) { return PeekingByteSource(try GzipByteSource(source, name: name)) }
        let isSkippable =
            magic.count == 4 && magic[0] & 0xF0 == 0x50 && magic.dropFirst().elementsEqual([0x2A, 0x4D, 0x18])
        if magic.elementsEqual([0x28, 0xB5, 0x2F, 0xFD]) || isSkippable {
            return PeekingByteSource(try ZstdByteSource(source, name: name))
        }
        return source
    }
}

extension ElementDecoder {
    func recognise(_ statements: KnownStatements) {}
}
