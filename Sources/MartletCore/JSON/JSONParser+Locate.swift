/// Finds the first place where a text stops being JSON, for error messages; slow but exact, and never recursive.
struct JSONFaultLocator {
    /// A fault, with its position counted from 1; columns count characters (code points).
    struct Fault: Equatable {
        var line: Int
        var column: Int
        var message: String
    }

    private struct Stop: Error { let offset: Int, message: String }

    private let bytes: UnsafeRawBufferPointer
    private var position = 0
    /// The open containers, `[` or `{`.
    private var open: [UInt8] = []

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// Nil when the text is JSON nested at most `maxDepth` deep.
    mutating func firstFault(maxDepth: Int) -> Fault? {
        do throws(Stop) {
            try scan(maxDepth)
            return nil
        } catch {
            var fault = Fault(line: 1, column: 1, message: error.message)
            for byte in bytes.prefix(error.offset) {
                if byte == UInt8(ascii: "\n") {
                    fault.line += 1
                    fault.column = 1
                } else if byte & 0xC0 != 0x80 {
                    fault.column += 1
                }
            }
            return fault
        }
    }

    private mutating func scan(_ maxDepth: Int) throws(Stop) {
        while true {
            try value(maxDepth)
            // A value is complete: close what ends here, or go on to the next value of the innermost container.
            while true {
                skipSpace()
                guard let container = open.last else {
                    guard position == bytes.count else { throw stop("expected the end of the document") }
                    return
                }
                let isObject = container == UInt8(ascii: "{")
                let close: UInt8 = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
                guard position < bytes.count else { throw stop("the document ends inside an \(name(container))") }
                if bytes[position] == close {
                    position += 1
                    open.removeLast()
                    continue
                }
                guard bytes[position] == UInt8(ascii: ",") else {
                    throw stop(isObject ? "expected , or } after a member" : "expected , or ] after an element")
                }
                position += 1
                if isObject { try key() }
                break
            }
        }
    }

    private func name(_ container: UInt8) -> String { container == UInt8(ascii: "{") ? "object" : "array" }

    private func stop(_ message: String) -> Stop { Stop(offset: position, message: message) }

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
    }

    /// Reads a scalar or an empty container, or enters containers up to the first scalar.
    private mutating func value(_ maxDepth: Int) throws(Stop) {
        while true {
            skipSpace()
            guard position < bytes.count else { throw stop("the document ends where a value should be") }
            switch bytes[position] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                let container = bytes[position]
                guard open.count < maxDepth else { throw stop("nested more than \(maxDepth) deep") }
                position += 1
                skipSpace()
                let close: UInt8 = container == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]")
                if position < bytes.count, bytes[position] == close {
                    position += 1
                    return
                }
                open.append(container)
                if container == UInt8(ascii: "{") { try key() }
            case UInt8(ascii: "\""): return try string()
            case UInt8(ascii: "t"): return try word("true")
            case UInt8(ascii: "f"): return try word("false")
            case UInt8(ascii: "n"): return try word("null")
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
            default: throw stop("expected a value")
            }
        }
    }

    private mutating func key() throws(Stop) {
        skipSpace()
        guard position < bytes.count else { throw stop("the document ends inside an object") }
        guard bytes[position] == UInt8(ascii: "\"") else { throw stop("expected a key in quotation marks") }
        try string()
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else { throw stop("expected : after a key") }
        position += 1
    }

    private mutating func word(_ text: StaticString) throws(Stop) {
        let length = text.utf8CodeUnitCount
        guard position + length <= bytes.count else { throw stop("expected \(text)") }
        for index in 0..<length where bytes[position + index] != text.utf8Start[index] {
            throw stop("expected \(text)")
        }
        position += length
    }

    private mutating func number() throws(Stop) {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        let whole = digits()
        guard whole > 0 else { throw stop("expected a digit") }
        if whole > 1, bytes[position - whole] == UInt8(ascii: "0") {
            throw Stop(offset: start, message: "a number may not begin with 0")
        }
        var isWhole = true
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            isWhole = false
            position += 1
            guard digits() > 0 else { throw stop("expected a digit after the decimal point") }
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            position += 1
            if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
                position += 1
            }
            guard digits() > 0 else { throw stop("expected a digit in the exponent") }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        let fits = isWhole ? Int64(text) != nil || UInt64(text) != nil : Double(text)?.isFinite ?? false
        guard fits else { throw Stop(offset: start, message: "the number is out of range") }
    }

    private mutating func digits() -> Int {
        let start = position
        while position < bytes.count, bytes[position] >= UInt8(ascii: "0"), bytes[position] <= UInt8(ascii: "9") {
            position += 1
        }
        return position - start
    }

    private mutating func string() throws(Stop) {
        let start = position
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return
            case UInt8(ascii: "\\"): try escape()
            case 0..<0x20: throw stop("a control character in a string must be escaped")
            case 0..<0x80: position += 1
            default:
                guard let length = sequenceLength() else { throw stop("the text is not valid UTF-8") }
                position += length
            }
        }
        throw Stop(offset: start, message: "the string has no closing quotation mark")
    }

    private mutating func escape() throws(Stop) {
        guard position + 1 < bytes.count else { return position += 1 }
        let kind = bytes[position + 1]
        guard kind == UInt8(ascii: "u") else {
            guard "\"\\/bfnrt".utf8.contains(kind) else { throw stop("unknown escape") }
            return position += 2
        }
        guard let unit = hexUnit(position + 2) else { throw stop("expected four hexadecimal digits after \\u") }
        switch unit {
        case 0xD800...0xDBFF:
            guard position + 7 < bytes.count, bytes[position + 6] == UInt8(ascii: "\\"),
                bytes[position + 7] == UInt8(ascii: "u"), let low = hexUnit(position + 8),
                (0xDC00...0xDFFF).contains(low)
            else { throw stop("half a surrogate pair") }
            position += 12
        case 0xDC00...0xDFFF: throw stop("half a surrogate pair")
        default: position += 6
        }
    }

    private func hexUnit(_ start: Int) -> UInt32? {
        guard start + 4 <= bytes.count else { return nil }
        var unit: UInt32 = 0
        for offset in start..<(start + 4) {
            guard let digit = Character(UnicodeScalar(bytes[offset])).hexDigitValue else { return nil }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }

    /// The length of the UTF-8 sequence of several bytes at the position; nil when it is malformed.
    private func sequenceLength() -> Int? {
        let lead = bytes[position]
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        guard position + length <= bytes.count else { return nil }
        let sequence = bytes[position..<(position + length)]
        return String(validating: sequence, as: UTF8.self) == nil ? nil : length
    }
}
