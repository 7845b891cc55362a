/// Finds the end of an answer of HTTP/1.1 in what comes in by pieces: pure. Bodies have a length or are chunked.
struct AnswerReader {
    /// The status; 0 while it has not come.
    private(set) var status = 0
    /// Whether the whole answer is there.
    private(set) var isWhole = false
    /// Whether the server ends the connection after it.
    private(set) var closes = false
    /// Whether what came is no answer.
    private(set) var isBroken = false
    /// The body, where it is wanted.
    private(set) var body: [UInt8] = []
    private let keepsBody: Bool

    private enum Part {
        case head
        case rest(Int)
        case size
        case chunk(Int)
        case trailer
    }

    private var part = Part.head
    /// A line, or the head, that has not ended.
    private var line: [UInt8] = []

    init(keepsBody: Bool = false) { self.keepsBody = keepsBody }

    /// Takes the next bytes. What comes behind the answer's end makes it broken: nothing was asked for.
    mutating func take(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while !rest.isEmpty, !isBroken {
            guard !isWhole else {
                isBroken = true
                return
            }
            switch part {
            case .head: readHead(&rest)
            case .rest(let count): part = .rest(skip(count, &rest)); if case .rest(0) = part { isWhole = true }
            case .size:
                guard let text = readLine(&rest) else { continue }
                guard let size = Int(text.prefix { $0 != ";" }, radix: 16) else {
                    isBroken = true
                    return
                }
                part = size == 0 ? .trailer : .chunk(size + 2)
            case .chunk(let count):
                let left = skip(count, &rest, ending: 2)
                part = left == 0 ? .size : .chunk(left)
            case .trailer:
                guard let text = readLine(&rest) else { continue }
                if text.isEmpty { isWhole = true }
            }
        }
    }

    private mutating func readHead(_ rest: inout Slice<UnsafeRawBufferPointer>) {
        while let byte = rest.first {
            rest = rest.dropFirst()
            line.append(byte)
            guard byte == 10, line.count >= 4, line.suffix(4) == [13, 10, 13, 10] else { continue }
            let text = String(decoding: line, as: UTF8.self)
            line = []
            begin(text)
            return
        }
        if line.count > 1 << 16 { isBroken = true }
    }

    private mutating func begin(_ head: String) {
        let lines = head.split(separator: "\r\n")
        let words = (lines.first ?? "").split(separator: " ")
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let code = Int(words[1]) else {
            isBroken = true
            return
        }
        status = code
        var length = 0
        var isChunked = false
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let value = parts[1].drop { $0 == " " }.lowercased()
            switch parts[0].lowercased() {
            case "content-length": length = Int(value) ?? 0
            case "transfer-encoding": isChunked = value == "chunked"
            case "connection": closes = value == "close"
            default: break
            }
        }
        part = isChunked ? .size : .rest(length)
        if !isChunked, length == 0 { isWhole = true }
    }

    /// Takes as many bytes as there are of so many; gives how many are left. The last `ending` are none of the body.
    private mutating func skip(_ count: Int, _ rest: inout Slice<UnsafeRawBufferPointer>, ending: Int = 0) -> Int {
        let taken = min(count, rest.count)
        if keepsBody { body += rest.prefix(max(0, min(taken, count - ending))) }
        rest = rest.dropFirst(taken)
        return count - taken
    }

    private mutating func readLine(_ rest: inout Slice<UnsafeRawBufferPointer>) -> String? {
        while let byte = rest.first {
            rest = rest.dropFirst()
            if byte == 10 {
                defer { line = [] }
                if line.last == 13 { line.removeLast() }
                return String(decoding: line, as: UTF8.self)
            }
            line.append(byte)
            if line.count > 1 << 12 { isBroken = true }
        }
        return nil
    }
}
