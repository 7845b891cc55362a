import Testing

@testable import MartletServer

@Suite("API: multipart bodies")
struct MultipartReaderTests {
    private static let body = Array(
        ("--X\r\nContent-Disposition: form-data; name=\"scope\"\r\n\r\nfull\r\n"
            + "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.json\"\r\n\r\n"
            + "[\r\n--\r\n--Y]\r\n--X--\r\n").utf8)

    /// Reads the body in pieces of a size, and joins what belongs together.
    private static func read(_ body: [UInt8], by size: Int) throws -> [String] {
        var reader = try MultipartReader(contentType: "multipart/form-data; boundary=X")
        var found: [String] = []
        for start in stride(from: 0, to: body.count, by: size) {
            for event in try reader.read(Array(body[start..<min(start + size, body.count)])) {
                switch event {
                case .part(let name, let file): found.append("\(name)|\(file ?? "")|")
                case .bytes(let bytes): found[found.count - 1] += String(decoding: bytes, as: UTF8.self)
                case .end: found.append("end")
                }
            }
        }
        try reader.finish()
        return found
    }

    @Test("wherever the body is cut into pieces, its parts are the same")
    func pieces() throws {
        for size in 1...Self.body.count {
            #expect(
                try Self.read(Self.body, by: size) == ["scope||full", "file|a.json|[\r\n--\r\n--Y]", "end"], "\(size)")
        }
    }

    @Test("a body that breaks off, without a boundary, or with a nameless part, is refused")
    func broken() {
        for end in 0..<Self.body.count - 4 {
            #expect(throws: APIError.self) { try Self.read(Array(Self.body[..<end]), by: 7) }
        }
        #expect(throws: APIError.self) { try MultipartReader(contentType: "multipart/form-data") }
        #expect(throws: APIError.self) { try Self.read(Array("--X\r\nA: b\r\n\r\nx\r\n--X--".utf8), by: 100) }
        #expect(throws: APIError.self) { try Self.read(Array(repeating: 65, count: 100_000), by: 1000) }
    }
}
