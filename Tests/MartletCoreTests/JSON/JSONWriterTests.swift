import MartletCore
import Testing

@Suite struct JSONWriterTests {
    private func write(_ writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("s", "a\"b")
        writer.field("none", nil as String?)
        writer.field("i", -12)
        writer.field("u", UInt64.max)
        writer.field("d", 0.1)
        writer.field("t", true)
        writer.field("list", ["x", "y"])
        writer.key("empty")
        writer.beginObject()
        writer.endObject()
        writer.key("raw")
        writer.raw("[1]")
        writer.key("nested")
        writer.beginArray()
        writer.beginArray()
        writer.null()
        writer.endArray()
        writer.raw(Array("2".utf8))
        writer.endArray()
        writer.endObject()
    }

    @Test func compact() {
        var writer = JSONWriter()
        write(&writer)
        #expect(
            writer.text
                == #"{"s":"a\"b","none":null,"i":-12,"u":18446744073709551615,"d":0.1,"t":true,"list":["x","y"],"empty":{},"raw":[1],"nested":[[null],2]}"#
        )
    }

    @Test func pretty() throws {
        var writer = JSONWriter(indentation: 2)
        writer.beginObject()
        writer.field("a", [])
        writer.key("b")
        writer.beginArray()
        writer.int(1)
        writer.beginObject()
        writer.field("c", false)
        writer.endObject()
        writer.endArray()
        writer.endObject()
        #expect(
            writer.text == """
                {
                  "a": [],
                  "b": [
                    1,
                    {
                      "c": false
                    }
                  ]
                }
                """)
    }

    @Test func everyCharacterReadsBack() throws {
        for offset in 0..<17 {
            for scalar in (0..<0x180).compactMap(UnicodeScalar.init) + ["\u{2028}", "😀"] {
                let text = String(repeating: "a", count: offset) + String(scalar) + "bc"
                var writer = JSONWriter()
                writer.string(text)
                #expect(try JSONValue.parse(writer.bytes) == .string(text))
            }
        }
        var writer = JSONWriter()
        writer.string("\u{0}\u{8}\t\n\u{C}\r\u{1f}\u{7f}/\\")
        #expect(writer.text == #""\u0000\b\t\n\f\r\u001f\#u{7f}/\\""#)
    }

    @Test func integersAndDoublesReadBack() throws {
        for number: Int64 in [0, 7, -7, 10, 99, 100, .max, .min] {
            var writer = JSONWriter()
            writer.int(number)
            #expect(writer.text == String(number))
        }
        for number in [0.0, -0.0, 1, 1e20, 1e-7, .pi, .greatestFiniteMagnitude, .leastNonzeroMagnitude] {
            var writer = JSONWriter()
            writer.double(number)
            #expect(try JSONValue.parse(writer.bytes) == .double(number))
        }
        var writer = JSONWriter()
        writer.beginArray()
        writer.double(.nan)
        writer.double(-.infinity)
        writer.endArray()
        #expect(writer.text == "[null,null]")
    }

    @Test func takenBytesGoOnWhereTheyStopped() {
        var writer = JSONWriter()
        var taken: [UInt8] = []
        writer.beginArray()
        for number in 0..<5 {
            writer.int(number)
            taken += writer.takeBytes()
            #expect(writer.count == 0)
        }
        writer.endArray()
        writer.newline()
        taken += writer.takeBytes()
        #expect(String(decoding: taken, as: UTF8.self) == "[0,1,2,3,4]\n")
    }

    @Test func misuseDoesNotCrash() {
        var writer = JSONWriter(indentation: -3)
        writer.endObject()
        writer.key("a")
        writer.endArray()
        writer.reset()
        writer.beginArray()
        writer.int(1)
        writer.endArray()
        #expect(writer.text == "[\n1\n]")
    }

    @Test func canonicalTextIgnoresOrderSpaceAndEscapes() throws {
        let one = try JSONValue.parse(#"{"b":1,"a":{"z":[1.0,2],"é":"\u0041"},"a":2}"#)
        let two = try JSONValue.parse("{ \"a\" : {\"\\u00e9\":\"A\", \"z\":[1.0, 2]},\n\"a\":2, \"b\":1 }")
        #expect(one.canonicalText == #"{"a":{"z":[1.0,2],"é":"A"},"a":2,"b":1}"#)
        #expect(one.canonicalText == two.canonicalText)
        #expect(one.text == #"{"b":1,"a":{"z":[1.0,2],"é":"A"},"a":2}"#)
        #expect(try JSONValue.parse(one.prettyText()) == one)
    }

    @Test func canonicalOrderIsThatOfUTF8Bytes() throws {
        // Normalised, the first key would equal the second; its bytes come first.
        let value = try JSONValue.parse(#"{"\u00e9":1,"e\u0301":2,"z":3,"\uffff":4,"\ud83d\ude00":5,"B":6}"#)
        let order = try JSONValue.parse(value.canonicalText).objectValue?.compactMap(\.value.intValue)
        #expect(order == [6, 2, 3, 1, 4, 5])
    }
}
