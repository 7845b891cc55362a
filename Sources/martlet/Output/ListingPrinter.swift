import MartletCore

/// Prints rows one at a time in any format; memory does not grow with their number.
final class ListingPrinter<Row> {
    private let format: OutputFormat
    private let listing: Listing<Row>
    private let output: OutputStream
    private let table: TablePrinter<Row>
    private var json = JSONWriter()
    private var csv = CSVPrinter()
    private(set) var count = 0

    init(_ listing: Listing<Row>, format: OutputFormat, terminal: Terminal, output: OutputStream) throws {
        self.listing = listing
        self.format = format
        self.output = output
        table = TablePrinter(columns: listing.columns, terminal: terminal, output: output)
        if format == .json { json.beginArray() }
        if format == .csv { try output.write(csv.line(listing.fields.map(\.name))) }
    }

    func add(_ row: Row) throws {
        count += 1
        switch format {
        case .table: try table.add(row)
        case .csv: try output.write(csv.line(listing.fields.map { $0.value(row) }))
        case .json, .ndjson, .ocsf, .openshield:
            json.beginObject()
            listing.json(row, &json)
            json.endObject()
            json.newline()
            try output.write(json.takeBytes())
        }
    }

    /// Ends the output and flushes it.
    func finish() throws {
        switch format {
        case .table:
            try table.finish()
            if count == 0 { try output.write(listing.empty + "\n") }
        case .json:
            json.endArray()
            json.newline()
            try output.write(json.takeBytes())
        case .csv, .ndjson, .ocsf, .openshield: break
        }
        try output.flush()
    }
}
