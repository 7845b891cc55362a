import MartletCore

/// Collects rows in the binary form of COPY and sends them to a stage by portions, so that other statements may run
/// between.
final class PostgresStageLoader: RowLoader {
    private let connection: PostgresConnection
    private let stage: String
    private let columns: [String]
    private var buffer = CopyBuffer()
    private var inRow = false
    /// Where the last whole row ends.
    private var rowEnd = 0
    private var rows = 0
    private var open = true

    /// Bytes that are collected before they are sent.
    private static let portion = 1 << 20

    init(_ connection: PostgresConnection, stage: String, columns: [String]) {
        self.connection = connection
        self.stage = stage
        self.columns = columns
        buffer.appendHeader()
        rowEnd = buffer.count
    }

    func addNull() {
        startRow()
        buffer.append(Int32(-1))
    }

    func add(_ value: Int64) {
        startRow()
        buffer.append(Int32(8))
        buffer.append(value)
    }

    func add(_ value: Double) {
        startRow()
        buffer.append(Int32(8))
        buffer.append(value.bitPattern)
    }

    func add(_ value: String) {
        startRow()
        var value = value
        value.withUTF8 { bytes in
            buffer.append(Int32(clamping: bytes.count))
            buffer.append(UnsafeRawBufferPointer(bytes))
        }
    }

    func add(_ value: [UInt8]) {
        startRow()
        buffer.append(Int32(clamping: value.count))
        value.withUnsafeBytes { buffer.append($0) }
    }

    func add(_ value: ContentHash) {
        startRow()
        buffer.append(Int32(ContentHash.byteCount))
        value.withUnsafeBytes { buffer.append($0) }
    }

    func endRow() throws {
        inRow = false
        rows += 1
        rowEnd = buffer.count
        if buffer.count >= Self.portion { try send() }
    }

    @discardableResult
    func finish() throws -> Int {
        guard open else { return rows }
        open = false
        try send()
        try connection.finishLoad(stage, rows: rows)
        return rows
    }

    private func startRow() {
        guard !inRow else { return }
        inRow = true
        buffer.append(Int16(truncatingIfNeeded: columns.count))
    }

    private func send() throws {
        guard rowEnd > CopyBuffer.headerCount else { return }
        buffer.truncate(to: rowEnd)
        // The end of COPY's data.
        buffer.append(Int16(-1))
        try buffer.withUnsafeBytes { try connection.copy($0, to: stage, columns: columns) }
        buffer.truncate(to: CopyBuffer.headerCount)
        rowEnd = buffer.count
    }
}
