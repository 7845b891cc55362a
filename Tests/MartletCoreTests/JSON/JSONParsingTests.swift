import Testing

@testable import MartletCore

@Suite struct JSONParsingTests {
    @Test func scalars() throws {
        #expect(try JSONValue.parse("null") == .null)
        #expect(try JSONValue.parse(" true\n") == .bool(true))
        #expect(try JSONValue.parse("false") == .bool(false))
        #expect(try JSONValue.parse(#""a\u00e9\ud83d\ude00\n\/""#) == .string("aé😀\n/"))
        #expect(try JSONValue.parse("\u{FEFF}[]") == .array([]), "a byte order mark is skipped")
    }

    @Test(
        arguments: [
            ("0", .int(0)), ("-0", .int(0)), ("9223372036854775807", .int(.max)),
            ("-9223372036854775808", .int(.min)), ("9223372036854775808", .double(9_223_372_036_854_775_808)),
            ("18446744073709551615", .double(18_446_744_073_709_551_616)), ("1.0", .double(1)), ("1e2", .double(100)),
            ("-0.5", .double(-0.5)), ("5e-324", .double(.leastNonzeroMagnitude)),
        ] as [(String, JSONValue)])
    func numbers(text: String, expected: JSONValue) throws {
        #expect(try JSONValue.parse(text) == expected)
    }

    @Test func orderAndRepeatedKeysAreKept() throws {
        let value = try JSONValue.parse(#"{"b":1,"a":[{},[],{"x":null}],"b":2}"#)
        #expect(
            value
                == .object([
                    .init("b", .int(1)),
                    .init("a", .array([.object([]), .array([]), .object([.init("x", .null)])])), .init("b", .int(2)),
                ]))
        #expect(value["b"] == .int(1))
    }

    @Test func longKeysAreNotMixedUp() throws {
        // Same length, first and last character, so that all share a slot of the key cache.
        let keys = (0..<200).map { number in
            let digits = String(number)
            return "x" + String(repeating: "-", count: 20 - digits.count) + digits + "x"
        }
        let text = "[" + (keys + keys).map { "{\"\($0)\":0}" }.joined(separator: ",") + "]"
        let read = try JSONValue.parse(text).arrayValue?.map { $0.objectValue?.first?.key }
        #expect(read == keys + keys)
    }

    @Test(
        arguments: [
            ("", "the document is empty", nil),
            ("  ", "the document ends", "line 1, column 3"),
            ("{\"a\":1,}", "expected a key", "line 1, column 8"),
            ("[1,\n 2", "ends inside an array", "line 2, column 3"),
            ("{\"a\":\n\"b\u{1}\"}", "control character", "line 2, column 3"),
            ("{\"é\" 1}", "expected :", "line 1, column 6"),
            ("nul", "expected null", "line 1, column 1"),
            ("[01]", "may not begin with 0", "line 1, column 2"),
            ("[1.]", "digit after the decimal point", "line 1, column 4"),
            ("[1e]", "digit in the exponent", "line 1, column 4"),
            ("[-]", "expected a digit", "line 1, column 3"),
            ("[18446744073709551616]", "out of range", "line 1, column 2"),
            ("[1e999]", "out of range", "line 1, column 2"),
            ("[\"\\ud800\"]", "surrogate", "line 1, column 3"),
            ("[\"\\udc00x\"]", "surrogate", "line 1, column 3"),
            ("[\"\\x\"]", "unknown escape", "line 1, column 3"),
            ("[\"\\u12g4\"]", "hexadecimal", "line 1, column 3"),
            ("[1] 2", "end of the document", "line 1, column 5"),
            ("[\"abc]", "closing quotation mark", "line 1, column 2"),
            ("{1:2}", "expected a key", "line 1, column 2"),
            ("[1 2]", "expected , or ]", "line 1, column 4"),
            ("{\"a\":1 \"b\":2}", "expected , or }", "line 1, column 8"),
            ("[,]", "expected a value", "line 1, column 2"),
        ] as [(String, String, String?)])
    func faultsAreNamedWithTheirPlace(text: String, message: String, place: String?) {
        let error = #expect(throws: MartletError.self) { try JSONValue.parse(text, file: "f.json") }
        #expect(error?.code == .invalidInput)
        #expect(error?.message.contains(message) ?? false, "\(error?.message ?? "")")
        #expect(error?.place == place.map { "f.json: \($0)" } ?? "f.json")
    }

    @Test func invalidUTF8IsAFault() {
        for bytes: [UInt8] in [[0x22, 0xC3, 0x28, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xC0, 0x80, 0x22]] {
            let error = #expect(throws: MartletError.self) { try JSONValue.parse(bytes) }
            #expect(error?.message.contains("UTF-8") ?? false)
            #expect(error?.place == "line 1, column 2")
        }
    }

    @Test func depthAndSizeAreLimited() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try JSONValue.parse(nested(JSONValue.depthLimit))
        let deep = #expect(throws: MartletError.self) { try JSONValue.parse(nested(JSONValue.depthLimit + 1)) }
        #expect(deep?.code == .limit)
        #expect(deep?.place == "line 1, column 257")
        let endless = String(repeating: "{\"a\":", count: 100_000)
        #expect(throws: MartletError.self) { try JSONValue.parse(endless) }
        let large = #expect(throws: MartletError.self) { try JSONValue.parse("[1,2,3]", limit: 6) }
        #expect(large?.code == .limit)
    }

    /// Two readers that know nothing of each other must agree on what is JSON.
    @Test func theFaultLocatorAgreesWithTheParser() {
        let seed = Array(#"{"a":[1,-2.5e+3,true,false,null,"x\u00e9\ud83d\ude00\\"],"é":{"k":{}},"n":[[],0]}"#.utf8)
        let alphabet = Array("{}[],:\"\\/ \n\t0123456789.eE+-truefalsnudx\u{1}é".utf8) + [0xFF, 0xC3, 0xED, 0xA0]
        var random = SplitMix(seed: 17)
        var valid = 0
        for _ in 0..<20_000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[index] = alphabet.randomElement(using: &random) ?? 0
                case 1: bytes.remove(at: index)
                default: bytes.insert(alphabet.randomElement(using: &random) ?? 0, at: index)
                }
            }
            let isJSON = (try? JSONValue.parse(bytes)) != nil
            let fault = bytes.withUnsafeBytes { raw in
                var locator = JSONFaultLocator(bytes: raw)
                return locator.firstFault(maxDepth: JSONValue.depthLimit)
            }
            #expect(isJSON == (fault == nil), "\(String(decoding: bytes, as: UTF8.self)): \(String(describing: fault))")
            valid += isJSON ? 1 : 0
        }
        #expect(valid > 500, "the mutations must leave some documents valid")
    }

    @Test func everyTruncationIsAFault() throws {
        let bytes = Array(#"{"a":[1,2.5,"é\n",{"b":null}],"c":true}"#.utf8)
        for length in 0..<bytes.count {
            #expect(throws: MartletError.self) { try JSONValue.parse(Array(bytes[..<length])) }
        }
        _ = try JSONValue.parse(bytes)
    }
}
