import CZlib
import CZstd
import MartletCore
import Testing

@testable import MartletFormats

struct CompressionTests {
    static let text = Array(Fixture.findings(50).joined(separator: "\n").utf8)

    static func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        try #require(
            deflateInit2_(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK)
        defer { deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: bytes.count + 1000)
        let count = try input.withUnsafeMutableBufferPointer { source in
            try output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                try #require(deflate(&stream, Z_FINISH) == Z_STREAM_END)
                return target.count - Int(stream.avail_out)
            }
        }
        return Array(output[..<count])
    }

    static func zstd(_ bytes: [UInt8], windowLog: Int32 = 0) throws -> [UInt8] {
        let context = try #require(ZSTD_createCCtx())
        defer { ZSTD_freeCCtx(context) }
        ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, windowLog)
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
        // As a stream of unknown size, which makes the frame name its window.
        var output = [UInt8](repeating: 0, count: bytes.count + 1000)
        let capacity = output.count
        let written = output.withUnsafeMutableBytes { target in
            bytes.withUnsafeBytes { source in
                var inBuffer = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
                var outBuffer = ZSTD_outBuffer(dst: target.baseAddress, size: capacity, pos: 0)
                _ = ZSTD_compressStream2(context, &outBuffer, &inBuffer, ZSTD_e_continue)
                _ = ZSTD_compressStream2(context, &outBuffer, &inBuffer, ZSTD_e_end)
                return outBuffer.pos
            }
        }
        return Array(output[..<written])
    }

    static func pack(_ kind: String, _ bytes: [UInt8]) throws -> [UInt8] {
        try kind == "gzip" ? gzip(bytes) : zstd(bytes)
    }

    @Test(arguments: ["gzip", "zstd"])
    func oneMemberOrSeveral(kind: String) async throws {
        let half = Self.text.count / 2
        let one = try Self.pack(kind, Self.text)
        let several =
            try Self.pack(kind, Array(Self.text[..<half])) + Self.pack(kind, [])
            + Self.pack(kind, Array(Self.text[half...]))
        for bytes in [one, several] {
            let outcome = try await Fixture.read(bytes)
            #expect(outcome.error == nil)
            #expect(outcome.findings.map(\.resource.name) == (0..<50).map { "door-\($0)" })
            let slow = try await Fixture.drain(
                ScanFileReader(source: DribblingSource(bytes, piece: 3), name: "f", options: .init()))
            #expect(slow.findings.count == 50)
        }
    }

    @Test(arguments: ["gzip", "zstd"])
    func cutOffWhereverItIsIsFatal(kind: String) async throws {
        let bytes = try Self.pack(kind, Self.text)
        for length in [4, 5, 12, 30, bytes.count / 2, bytes.count - 5, bytes.count - 1] {
            let error = try #require(try await Fixture.read(Array(bytes[..<length])).error, "\(length)")
            #expect(error.code == .invalidInput)
            #expect(error.message.contains("cut off"), "\(length) \(error.message)")
            #expect(error.place == "f")
        }
    }

    @Test(arguments: ["gzip", "zstd"])
    func damageIsFatal(kind: String) async throws {
        var bytes = try Self.pack(kind, Self.text)
        bytes[bytes.count - 2] ^= 0xFF
        #expect(try await Fixture.read(bytes).error?.message.contains("damaged") == true)
    }

    @Test func paddingAfterGzipIsFineAndGarbageIsNot() async throws {
        let bytes = try Self.gzip(Self.text)
        #expect(try await Fixture.read(bytes + [UInt8](repeating: 0, count: 700)).findings.count == 50)
        #expect(try await Fixture.read(bytes + [0, 0, 1]).error != nil)
        #expect(try await Fixture.read(bytes + Array("[]".utf8)).error != nil)
    }

    @Test func aWindowBeyondTheLimitIsRefused() async throws {
        let outcome = try await Fixture.read(try Self.zstd(Self.text, windowLog: 27))
        #expect(outcome.error?.message.contains("window of more than 64 MiB") == true)
        #expect(try await Fixture.read(try Self.zstd(Self.text, windowLog: 26)).findings.count == 50)
    }

    @Test func compressedTwiceIsUnknown() async throws {
        #expect(
            try await Fixture.read(try Self.gzip(Self.gzip(Self.text))).error?.message.contains("not known") == true)
    }

    @Test func progressCountsStoredBytes() async throws {
        let bytes = try Self.gzip(Self.text)
        let reader = try ScanFileReader(bytes: bytes)
        #expect(reader.sizeInBytes == bytes.count)
        #expect(try await reader.next()?.bytesRead == bytes.count)
    }
}
