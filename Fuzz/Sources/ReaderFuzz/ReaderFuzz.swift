import Glibc
import MartletCore

@testable import MartletFormats

/// Gives its bytes in pieces of a given size.
private final class PieceSource: ByteSource {
    private let bytes: [UInt8]
    private let piece: Int
    private(set) var bytesRead = 0

    init(_ bytes: [UInt8], piece: Int) {
        self.bytes = bytes
        self.piece = piece
    }

    var size: Int? { nil }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = min(piece, buffer.count, bytes.count - bytesRead)
        buffer.copyBytes(from: bytes[bytesRead..<bytesRead + count])
        bytesRead += count
        return count
    }
}

/// Everything that a reader says of some bytes, to compare two ways of reading them.
private func reading(_ bytes: [UInt8], piece: Int, batchSize: Int) -> [String] {
    var said: [String] = []
    let options = ReadingOptions(batchSize: batchSize, maximumElementBytes: 4096, name: "f")
    let batches = ScanFileBatches(source: PieceSource(bytes, piece: piece), name: "f", options: options)
    var rejections: [String] = []
    do {
        while let batch = try batches.next() {
            said += batch.findings.map {
                "\($0.account) \($0.check.document) \($0.regions) \($0.resource) \($0.status) \($0.detail) \($0.observedAt)"
            }
            rejections += batch.rejections.map { "\($0.place) \($0.field) \($0.message)" }
        }
    } catch {
        // Batches before the failure end at different findings; nothing of them counts.
        // Damage in compressed data is noticed sooner or later depending on how the data arrives.
        return bytes.starts(with: [0x1F, 0x8B]) || bytes.starts(with: [0x28, 0xB5]) ? ["failed"] : ["\(error)"]
    }
    return said + rejections
}

// The header is given, so that the fuzzer spends its time on rows.
private let header = Array(
    "TIMESTAMP;ACCOUNT_UID;PROVIDER;CHECK_ID;STATUS;SEVERITY;RESOURCE_UID;RESOURCE_NAME;REGION;RESOURCE_TAGS;COMPLIANCE;MUTED\n"
        .utf8)
private let isTable = getenv("MARTLET_FUZZ_TABLE") != nil

/// What libFuzzer calls with every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = (isTable ? header : []) + UnsafeBufferPointer(start: start, count: count)
    let whole = reading(bytes, piece: .max, batchSize: 1000)
    let pieces = reading(bytes, piece: 1 + Int(bytes.last ?? 0) % 61, batchSize: 3)
    if whole != pieces {
        print("whole:", whole, "\npieces:", pieces)
        fflush(nil)
        abort()
    }
    return 0
}
