import MartletCore
import Testing

@testable import MartletEngine

@Suite("Secrets: bytes")
struct SecretBytesTests {
    @Test("nothing prints them")
    func unprintable() throws {
        let bytes = try SecretBytes("hunter2")
        var dumped = ""
        dump(bytes, to: &dumped)
        let key = try SecretKey.generate()
        dump(key, to: &dumped)
        let value = try SecretValue.fields([.init("A", bytes)])
        dump(value, to: &dumped)
        let base64 = try key.base64().text
        for text in ["\(bytes)", String(reflecting: bytes), "\(value)", "\(key)", dumped] {
            #expect(!text.contains("hunter2") && !text.contains("104") && !text.contains(base64), "\(text)")
        }
        #expect("\(bytes)" == "(secret)")
    }

    @Test("parts, copies and comparison")
    func parts() throws {
        let bytes = try SecretBytes("hunter2")
        #expect(try bytes.part(0..<4).text == "hunt")
        #expect(try bytes.part(4..<100).text == "er2")
        #expect(try bytes.part(7..<7).array.isEmpty)
        #expect(try bytes.isEqual(to: SecretBytes("hunter2")))
        #expect(try !bytes.isEqual(to: SecretBytes("hunter3")) && !bytes.isEqual(to: SecretBytes("hunter")))
        #expect(try SecretBytes("").isEqual(to: SecretBytes([])))
        #expect(try Set((0..<100).map { _ in try SecretBytes.random(count: 16).array }).count == 100)
        #expect(throws: MartletError.self) { try SecretBytes(count: -1) { _ in } }
    }
}
