/// One header of a request or an answer.
public struct HTTPHeader: Sendable, Hashable {
    /// As it was written; compared without regard to case.
    public var name: String
    /// Without white space at its ends.
    public var value: String

    /// Makes a header; ``HTTPRequest`` refuses names and values that would break a request's lines.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// Whether name and value are such that a header stays one line: a name of letters, digits and `-_`, a value without
    /// control characters.
    var isSafe: Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            } && value.utf8.allSatisfy { $0 >= 32 && $0 != 127 || $0 == 9 }
    }
}
