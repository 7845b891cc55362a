import MartletCore

/// Writes a JSON tree as bytes, either on one line or indented by four spaces as Prowler's own files are.
struct JSONRenderer {
    private let indented: Bool
    private(set) var bytes: [UInt8] = []

    init(indented: Bool) { self.indented = indented }

    static func compact(_ value: JSONValue) -> [UInt8] {
        var renderer = JSONRenderer(indented: false)
        renderer.write(value, depth: 0)
        return renderer.bytes
    }

    static func indented(_ value: JSONValue) -> [UInt8] {
        var renderer = JSONRenderer(indented: true)
        renderer.write(value, depth: 0)
        return renderer.bytes
    }

    private mutating func write(_ value: JSONValue, depth: Int) {
        switch value {
        case .null: put("null")
        case .bool(let flag): put(flag ? "true" : "false")
        case .int(let number): put(String(number))
        case .double(let number): put(number.isFinite ? String(number) : "null")
        case .string(let text): write(text)
        case .array(let elements):
            bracket("[", "]", count: elements.count, depth: depth) { renderer, index in
                renderer.write(elements[index], depth: depth + 1)
            }
        case .object(let members):
            bracket("{", "}", count: members.count, depth: depth) { renderer, index in
                renderer.write(members[index].key)
                renderer.put(renderer.indented ? ": " : ":")
                renderer.write(members[index].value, depth: depth + 1)
            }
        }
    }

    private mutating func bracket(
        _ open: String, _ close: String, count: Int, depth: Int, element: (inout JSONRenderer, Int) -> Void
    ) {
        put(open)
        for index in 0..<count {
            if index > 0 { put(",") }
            breakLine(depth + 1)
            element(&self, index)
        }
        if count > 0 { breakLine(depth) }
        put(close)
    }

    private mutating func breakLine(_ depth: Int) {
        guard indented else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 4))
    }

    private mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): put("\\\"")
            case UInt8(ascii: "\\"): put("\\\\")
            case UInt8(ascii: "\n"): put("\\n")
            case UInt8(ascii: "\t"): put("\\t")
            case 0..<0x20: put("\\u" + ScanMoment.hex(UInt64(byte), 4))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
