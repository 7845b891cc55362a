/// Writes JSON (RFC 8259) into a growing array of bytes, piece by piece.
///
/// The caller gives keys and values in order; commas, colons, escapes and indentation are the writer's. A caller that
/// closes more than it opened, or forgets a key, gets malformed JSON, never a crash. For long output take the bytes with
/// ``takeBytes()`` whenever ``count`` has grown enough, so that memory stays bounded.
///
///     var writer = JSONWriter()
///     writer.beginObject()
///     writer.field("check", "s3_bucket_default_encryption")
///     writer.key("regions")
///     writer.beginArray()
///     writer.string("eu-west-1")
///     writer.endArray()
///     writer.endObject()
public struct JSONWriter: Sendable {
    /// What has been written and not yet been taken.
    public private(set) var bytes: [UInt8] = []
    private let indentation: Int
    /// For each open container whether something stands in it already.
    private var filled: [Bool] = []
    private var afterKey = false

    /// A writer of JSON without white space, or with one member per line and `indentation` spaces per level.
    public init(indentation: Int? = nil) {
        self.indentation = indentation.map { max(0, $0) } ?? -1
    }

    /// The number of bytes that have not been taken.
    public var count: Int { bytes.count }

    /// What has been written, as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The bytes written since the last call; the writer goes on where it stands.
    public mutating func takeBytes() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    /// Forgets all that was written and all that is open; the memory is kept for the next document.
    public mutating func reset() {
        bytes.removeAll(keepingCapacity: true)
        filled.removeAll(keepingCapacity: true)
        afterKey = false
    }

    /// Ends a line, as between the documents of NDJSON.
    public mutating func newline() { bytes.append(UInt8(ascii: "\n")) }

    /// Opens an object.
    public mutating func beginObject() { begin(UInt8(ascii: "{")) }

    /// Closes the innermost container as an object.
    public mutating func endObject() { end(UInt8(ascii: "}")) }

    /// Opens an array.
    public mutating func beginArray() { begin(UInt8(ascii: "[")) }

    /// Closes the innermost container as an array.
    public mutating func endArray() { end(UInt8(ascii: "]")) }

    /// The key of the value that follows.
    public mutating func key(_ key: String) {
        separate()
        appendEscaped(key)
        bytes.append(UInt8(ascii: ":"))
        if indentation >= 0 { bytes.append(UInt8(ascii: " ")) }
        afterKey = true
    }

    /// A text value.
    public mutating func string(_ value: String) {
        separate()
        appendEscaped(value)
    }

    /// A whole number.
    public mutating func int(_ value: some BinaryInteger) {
        separate()
        if let small = Int64(exactly: value) { appendInteger(small) } else { append(value.description) }
    }

    /// A whole number.
    public mutating func int(_ value: Int64) {
        separate()
        appendInteger(value)
    }

    /// A number in the shortest form that reads back as the same; `null` for infinity and not-a-number, which JSON lacks.
    public mutating func double(_ value: Double) {
        separate()
        append(value.isFinite ? value.description : "null")
    }

    /// `true` or `false`.
    public mutating func bool(_ value: Bool) {
        separate()
        append(value ? "true" : "false")
    }

    /// `null`.
    public mutating func null() {
        separate()
        append("null")
    }

    /// A value that is JSON already, written as it is.
    public mutating func raw(_ json: String) {
        separate()
        append(json)
    }

    /// A value that is JSON already, written as it is.
    public mutating func raw(_ json: some Collection<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
    }

    private mutating func begin(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        filled.append(false)
    }

    private mutating func end(_ bracket: UInt8) {
        let wasFilled = filled.popLast() ?? false
        afterKey = false
        if wasFilled { breakLine() }
        bytes.append(bracket)
    }

    /// What stands between the previous value or key and the next.
    private mutating func separate() {
        if afterKey {
            afterKey = false
            return
        }
        guard let last = filled.indices.last else { return }
        if filled[last] { bytes.append(UInt8(ascii: ",")) }
        filled[last] = true
        breakLine()
    }

    private mutating func breakLine() {
        guard indentation >= 0 else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: filled.count * indentation))
    }

    private mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    private mutating func appendInteger(_ value: Int64) {
        // Appended from the lowest digit, then turned round: no allocation, unlike `description`.
        let start = bytes.count
        var rest = value.magnitude
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        bytes[start...].reverse()
    }

    private mutating func appendEscaped(_ text: String) {
        var text = text
        text.withUTF8 { JSONWriter.appendEscaped($0, to: &bytes) }
    }
}
