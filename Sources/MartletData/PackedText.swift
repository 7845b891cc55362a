/// Takes a packed folder apart: a line `path TAB bytes` for each file, an empty line, then all texts in a row.
///
/// `martlet-pack` writes this form into a literal, which is only read when somebody asks for its files.
enum PackedText {
    /// The files in the order of their paths; empty for what `martlet-pack` did not write.
    static func files(_ packed: StaticString) -> [EmbeddedFile] {
        guard packed.hasPointerRepresentation else { return [] }
        return files(UnsafeBufferPointer(start: packed.utf8Start, count: packed.utf8CodeUnitCount))
    }

    static func files(_ bytes: UnsafeBufferPointer<UInt8>) -> [EmbeddedFile] {
        var index: [(path: String, count: Int)] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            let line = rest[rest.startIndex..<end]
            rest = rest[(end + 1)...]
            if line.isEmpty { break }
            guard let tab = line.lastIndex(of: UInt8(ascii: "\t")),
                let count = Int(String(decoding: line[(tab + 1)...], as: UTF8.self))
            else { return [] }
            index.append((String(decoding: line[..<tab], as: UTF8.self), count))
        }
        return index.map { entry in
            let text = rest.prefix(entry.count)
            rest = rest.dropFirst(entry.count)
            return EmbeddedFile(path: entry.path, text: String(decoding: text, as: UTF8.self))
        }
    }
}
