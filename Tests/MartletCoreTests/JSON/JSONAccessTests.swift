import MartletCore
import Testing

@Suite struct JSONAccessTests {
    @Test func accessorsGiveTheirTypeOnly() throws {
        let value = try JSONValue.parse(#"{"s":"x","b":true,"i":3,"d":3.0,"h":2.5,"a":[1],"o":{},"n":null}"#)
        #expect(value["s"]?.stringValue == "x")
        #expect(value["b"]?.boolValue == true)
        #expect(value["i"]?.intValue == 3)
        #expect(value["d"]?.intValue == 3)
        #expect(value["h"]?.intValue == nil)
        #expect(value["i"]?.doubleValue == 3)
        #expect(value["a"]?[0] == .int(1))
        #expect(value["a"]?[1] == nil)
        #expect(value["o"]?.objectValue == [])
        #expect(value["n"]?.isNull == true)
        #expect(value["b"]?.doubleValue == nil)
        #expect(value["s"]?["s"] == nil)
        #expect(value["missing"] == nil)
    }

    @Test func typeNames() throws {
        let value = try JSONValue.parse(#"[null,true,1,1.5,"",[],{}]"#)
        #expect(
            value.arrayValue?.map(\.typeName)
                == ["null", "boolean", "integer", "number", "string", "array", "object"])
    }

    /// The examples of RFC 6901, section 5.
    @Test(arguments: [
        ("", nil), ("/foo/0", JSONValue.string("bar")), ("/", .int(0)), ("/a~1b", .int(1)), ("/c%d", .int(2)),
        ("/e^f", .int(3)), ("/g|h", .int(4)), ("/i\\j", .int(5)), ("/k\"l", .int(6)), ("/ ", .int(7)),
        ("/m~0n", .int(8)),
    ])
    func pointers(text: String, expected: JSONValue?) throws {
        let document = try JSONValue.parse(
            #"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}"#)
        let pointer = try #require(JSONPointer(text))
        #expect(pointer.description == text)
        #expect(document[pointer] == (expected ?? document))
    }

    @Test func pointersThatLeadNowhere() throws {
        let document = try JSONValue.parse(#"{"a":[1]}"#)
        for text in ["/b", "/a/1", "/a/-1", "/a/00", "/a/-", "/a/0/x"] {
            #expect(document[try #require(JSONPointer(text))] == nil, "\(text)")
        }
        for text in ["a", "/~", "/~2"] { #expect(JSONPointer(text) == nil, "\(text)") }
        #expect(JSONPointer.root.appending("a/~").appending(3).description == "/a~1~0/3")
    }
}
