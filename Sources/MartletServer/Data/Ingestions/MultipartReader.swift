import MartletHTTPServer

/// Reads the parts of `multipart/form-data` (RFC 7578) as they come: bounded however long the body is.
struct MultipartReader {
    /// What the reader has met.
    enum Event: Sendable, Hashable {
        /// A part begins: its name, and the name of a file where it is one.
        case part(name: String, file: String?)
        /// Bytes of the part.
        case bytes([UInt8])
        /// The last part has ended.
        case end
    }

    private let delimiter: [UInt8]
    private var buffer: [UInt8] = []
    private var isInBody = false
    private var isEnded = false
    private static let maximumHead = 16 << 10

    /// - Parameter contentType: The request's `Content-Type`.
    /// - Throws: 400 when it names no boundary.
    init(contentType: String) throws(APIError) {
        guard let boundary = Self.boundary(contentType), 1...70 ~= boundary.utf8.count else {
            throw .malformed("multipart/form-data needs a boundary of 1 to 70 characters.")
        }
        delimiter = Array("\r\n--\(boundary)".utf8)
        // The first delimiter stands at the beginning of a line that nothing is before.
        buffer = Array("\r\n".utf8)
    }

    private static func boundary(_ contentType: String) -> String? {
        for part in contentType.split(separator: ";").dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1).map { String($0).withoutBlanks }
            guard pair.count == 2, pair[0].lowercased() == "boundary" else { continue }
            return pair[1].hasPrefix("\"") ? String(pair[1].dropFirst().dropLast()) : pair[1]
        }
        return nil
    }

    /// Takes in more of the body, and gives what is complete of it.
    mutating func read(_ piece: [UInt8]) throws(APIError) -> [Event] {
        guard !isEnded else { return [] }
        buffer += piece
        var events: [Event] = []
        while !isEnded, try step(&events) {}
        return events
    }

    /// The body is over. Throws 400 when it broke off within a part.
    func finish() throws(APIError) {
        guard isEnded else { throw .malformed("The multipart body ends before its last boundary.") }
    }

    /// One step; false when more bytes are needed.
    private mutating func step(_ events: inout [Event]) throws(APIError) -> Bool {
        let found = Self.find(delimiter, in: buffer)
        if isInBody {
            guard let found else {
                // What may be the beginning of a delimiter waits.
                let safe = buffer.count - delimiter.count
                guard safe > 0 else { return false }
                events.append(.bytes(Array(buffer[..<safe])))
                buffer.removeFirst(safe)
                return false
            }
            // More than the delimiter is needed to know what follows it.
            guard buffer.count >= found + delimiter.count + 2 else { return false }
            if found > 0 { events.append(.bytes(Array(buffer[..<found]))) }
            buffer.removeFirst(found)
            isInBody = false
            return true
        }
        guard found == 0 || found != nil && !isInBody else {
            guard buffer.count <= Self.maximumHead else { throw .malformed("The multipart body has no boundary.") }
            return false
        }
        return try head(at: (found ?? 0) + delimiter.count, &events)
    }

    /// The headers of a part, or the end, behind a delimiter.
    private mutating func head(at start: Int, _ events: inout [Event]) throws(APIError) -> Bool {
        guard buffer.count >= start + 2 else { return false }
        if buffer[start] == 0x2D, buffer[start + 1] == 0x2D {
            isEnded = true
            buffer = []
            events.append(.end)
            return false
        }
        let rest = Array(buffer[start...])
        guard let end = Self.find(Array("\r\n\r\n".utf8), in: rest) else {
            guard rest.count <= Self.maximumHead else { throw .malformed("The headers of a part are too long.") }
            return false
        }
        let lines = String(decoding: rest[..<end], as: UTF8.self).split(separator: "\r\n").map(String.init)
        events.append(try part(lines))
        buffer.removeFirst(start + end + 4)
        // An empty part ends with the delimiter that follows at once.
        isInBody = true
        return true
    }

    private func part(_ lines: [String]) throws(APIError) -> Event {
        for line in lines where line.lowercased().hasPrefix("content-disposition:") {
            var name: String?
            var file: String?
            for piece in line.split(separator: ";").dropFirst() {
                let pair = piece.split(separator: "=", maxSplits: 1).map { String($0).withoutBlanks }
                guard pair.count == 2 else { continue }
                let value = pair[1].hasPrefix("\"") ? String(pair[1].dropFirst().dropLast()) : pair[1]
                if pair[0].lowercased() == "name" { name = value }
                if pair[0].lowercased() == "filename" { file = value }
            }
            if let name { return .part(name: name, file: file) }
        }
        throw .malformed("A part of the multipart body has no name.")
    }

    private static func find(_ needle: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= needle.count, let first = needle.first else { return nil }
        var place = 0
        while place <= bytes.count - needle.count {
            if bytes[place] == first, bytes[place..<place + needle.count].elementsEqual(needle) { return place }
            place += 1
        }
        return nil
    }
}

extension String {
    fileprivate var withoutBlanks: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
