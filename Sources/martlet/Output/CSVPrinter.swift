import MartletFormats

/// Lines of CSV.
struct CSVPrinter {
    private var writer = CSVWriter()

    mutating func line(_ fields: [String]) -> [UInt8] {
        for field in fields { writer.field(field) }
        writer.endLine()
        return writer.takeBytes()
    }
}
