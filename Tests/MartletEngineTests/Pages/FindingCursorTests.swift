import MartletCore
import Testing

@testable import MartletStore

@Suite("Cursors")
struct FindingCursorTests {
    private static let hex = "00112233445566778899aabbccddeeff"

    @Test("what a page gives is read back", arguments: ["1.0.5.1.\(hex)", "1.2.1.9223372036854775807.\(hex)"])
    func readBack(text: String) throws {
        #expect(try FindingCursor(text).description == text)
        #expect(try DiffCursor("2/" + text).description == "2/" + text)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", ".", "....", "1", "2.0.5.1.\(hex)", "1.3.5.1.\(hex)", "1.0.6.1.\(hex)", "1.0.0.1.\(hex)",
            "1.-1.5.1.\(hex)", "1.0.5.-1.\(hex)", "1.0.5.01.\(hex)", "1.0.5.+1.\(hex)", "1.0.5.1.\(hex)0",
            "1.0.5.1.\(hex.uppercased())", "1.0.5.1.\(hex.dropLast())", "1.0.5.9223372036854775808.\(hex)",
            "1.0.5.1.\(hex).", " 1.0.5.1.\(hex)", "1.0.5.1.\u{0}\(hex)", String(repeating: "1.", count: 100_000),
            "1.0.5.1.\(hex)' OR 1=1 --", "é.0.5.1.\(hex)",
        ])
    func refused(text: String) {
        #expect { try FindingCursor(text) } throws: { ($0 as? MartletError)?.code == .usage }
        #expect { try DiffCursor(text) } throws: { ($0 as? MartletError)?.code == .usage }
        #expect { try DiffCursor("3/1.0.5.1.\(Self.hex)") } throws: { ($0 as? MartletError)?.code == .usage }
    }
}
