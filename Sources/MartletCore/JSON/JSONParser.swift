import CSimdJSON

/// Turns bytes into a ``JSONValue`` with simdjson, and says where the fault is when they are not JSON.
struct JSONParser {
    let file: String?
    let limit: Int

    func parse(_ bytes: UnsafeRawBufferPointer) throws(MartletError) -> JSONValue {
        guard bytes.count <= limit else {
            throw MartletError(
                .limit, "the document has \(bytes.count) bytes; at most \(limit) are read", place: file)
        }
        let text = Self.withoutByteOrderMark(bytes)
        guard let base = text.bindMemory(to: UInt8.self).baseAddress, !text.isEmpty else {
            throw MartletError(.invalidInput, "the document is empty; expected JSON", place: file)
        }
        var status = MARTLET_JSON_TREE_OK
        let tree = martlet_json_tree_parse(base, text.count, JSONValue.depthLimit, &status)
        guard let tree else { throw failure(status, text) }
        defer { martlet_json_tree_free(tree) }
        guard let tape = martlet_json_tree_tape(tree), let strings = martlet_json_tree_strings(tree) else {
            throw MartletError(.limit, "there is not enough memory to parse the document", place: file)
        }
        var reader = JSONTapeReader(tape: tape, strings: strings)
        return reader.document()
    }

    private static func withoutByteOrderMark(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        guard bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF else { return bytes }
        return UnsafeRawBufferPointer(rebasing: bytes[3...])
    }

    private func failure(_ status: martlet_json_tree_status, _ text: UnsafeRawBufferPointer) -> MartletError {
        if status == MARTLET_JSON_TREE_NO_MEMORY {
            return MartletError(.limit, "there is not enough memory to parse the document", place: file)
        }
        var locator = JSONFaultLocator(bytes: text)
        guard let fault = locator.firstFault(maxDepth: JSONValue.depthLimit) else {
            return MartletError(.invalidInput, "the document is not valid JSON", place: file)
        }
        let spot = "line \(fault.line), column \(fault.column)"
        return MartletError(
            status == MARTLET_JSON_TREE_TOO_DEEP ? .limit : .invalidInput, "not valid JSON: \(fault.message)",
            place: file.map { "\($0): \(spot)" } ?? spot)
    }
}
