import MartletCore

/// Reads a YAML document into a tree with marks, over libyaml's events.
///
/// One document a file, UTF-8, types by YAML 1.2's core schema, keys that are scalars and unique. Anchors and aliases
/// are allowed within ``YAMLLimits``; merge keys (`<<`) and tags of applications are refused.
public enum YAMLReader {
    /// Reads a document. `file` is what errors call it.
    ///
    /// An empty document is a null node. Throws ``MartletError``: `invalidInput` with `file:line:column` for what is
    /// not such a document, `limit` for one that is over a limit.
    public static func read(
        _ bytes: some Collection<UInt8>, file: String, limits: YAMLLimits = YAMLLimits()
    ) throws -> MarkedNode {
        guard bytes.count <= limits.bytes else {
            throw MartletError(.limit, "a YAML document may have at most \(limits.bytes) bytes", place: file)
        }
        let contiguous = try bytes.withContiguousStorageIfAvailable { try read($0, file: file, limits: limits) }
        return try contiguous ?? Array(bytes).withUnsafeBufferPointer { try read($0, file: file, limits: limits) }
    }

    /// Reads a document from a string; everything else is as with bytes.
    public static func read(
        text: String, file: String, limits: YAMLLimits = YAMLLimits()
    ) throws -> MarkedNode {
        try read(Array(text.utf8), file: file, limits: limits)
    }

    private static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, file: String, limits: YAMLLimits
    ) throws -> MarkedNode {
        guard !hasManyTagDirectives(bytes) else {
            throw MartletError(
                .limit, "a YAML document may have at most \(maximumTagDirectives) %TAG directives", place: file)
        }
        var events = try YAMLEvents(bytes, file: file)
        defer { events.close() }
        var builder = YAMLTreeBuilder(file: file, limits: limits)
        while try events.next({ try builder.take($0) }) {}
        return builder.root
    }

    private static let maximumTagDirectives = 100

    /// libyaml compares each such directive with all before it, so a file full of them would take hours. They are
    /// counted wherever they stand, because libyaml knows more line breaks than one would look for.
    private static func hasManyTagDirectives(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count >= 4 else { return false }
        var count = 0
        for position in 0..<bytes.count - 3 where bytes[position] == UInt8(ascii: "%") {
            guard bytes[position + 1] == UInt8(ascii: "T"), bytes[position + 2] == UInt8(ascii: "A"),
                bytes[position + 3] == UInt8(ascii: "G")
            else { continue }
            count += 1
            if count > maximumTagDirectives { return true }
        }
        return false
    }
}
