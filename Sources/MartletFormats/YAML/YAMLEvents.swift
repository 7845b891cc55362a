import CYAML
import MartletCore

/// libyaml's events of one document, one at a time.
///
/// It owns the parser until ``close()``; the bytes must stay where they are until then.
struct YAMLEvents {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let bytes: UnsafeBufferPointer<UInt8>
    private let file: String

    init(_ bytes: UnsafeBufferPointer<UInt8>, file: String) throws {
        self.bytes = bytes
        self.file = file
        parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            throw MartletError(.limit, "there is not enough memory to read YAML", place: file)
        }
        // Left to itself libyaml would also take UTF-16, by its byte order mark.
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    func close() {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// Passes the next event on; false after the last.
    mutating func next(_ body: (yaml_event_t) throws -> Void) throws -> Bool {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw problem() }
        defer { yaml_event_delete(&event) }
        try body(event)
        return event.type != YAML_STREAM_END_EVENT && event.type != YAML_NO_EVENT
    }

    private func problem() -> MartletError {
        let state = parser.pointee
        let text = state.problem.map { String(cString: $0) } ?? "unreadable"
        switch state.error {
        case YAML_MEMORY_ERROR:
            return MartletError(.limit, "there is not enough memory to read YAML", place: file)
        case YAML_READER_ERROR:
            let (line, column) = position(of: Int(clamping: state.problem_offset))
            return MartletError(
                .invalidInput, "not readable as UTF-8 text: \(text)", place: "\(file):\(line):\(column)")
        default:
            let context = state.context.map { " \(String(cString: $0))" } ?? ""
            let mark = state.problem_mark
            return MartletError(
                .invalidInput, "not readable as YAML: \(text)\(context)",
                place: "\(file):\(mark.line + 1):\(mark.column + 1)")
        }
    }

    /// libyaml gives no mark for errors of the encoding, only the offset in bytes.
    private func position(of offset: Int) -> (line: Int, column: Int) {
        var line = 1
        var column = 1
        for byte in bytes.prefix(max(0, offset)) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return (line, column)
    }
}
