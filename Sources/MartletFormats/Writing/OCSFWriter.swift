import MartletCore

/// Writes findings as a JSON array of OCSF 1.5.0 Detection Findings (class 2004), nested as Prowler nests them.
///
/// `docs/formats.md` lists the fields. Importing the output gives every field Martlet keeps back unchanged. Take the bytes
/// with ``takeBytes()`` after each finding, so that memory does not grow with their number.
public struct OCSFWriter {
    /// OCSF's version.
    public static let version = "1.5.0"

    /// How many checks are kept rendered; more than any scanner has.
    private static let cacheLimit = 4096

    var json = JSONWriter()
    private var parts: [String: OCSFCheckParts] = [:]

    /// A writer that has opened the array.
    public init() { json.beginArray() }

    /// The bytes written since the last call.
    public mutating func takeBytes() -> [UInt8] { json.takeBytes() }

    /// Ends the array.
    public mutating func finish() {
        json.endArray()
        json.newline()
    }

    /// Appends one finding. Throws ``MartletError`` when the check's metadata isn't JSON.
    public mutating func write(_ finding: OCSFFinding) throws {
        let check = try rendered(finding.observation.check)
        json.beginObject()
        writeHead(finding)
        writeInfo(finding, check: check)
        writeResources(finding.observation)
        if finding.observation.account.provider.name != "kubernetes" { writeCloud(finding) }
        for part in check.finding { add(part) }
        writeUnmapped(finding, check: check)
        json.endObject()
        json.newline()
    }

    private mutating func rendered(_ metadata: CheckMetadata) throws -> OCSFCheckParts {
        if let known = parts[metadata.check], known.metadata == metadata { return known }
        if parts.count >= Self.cacheLimit { parts.removeAll() }
        let fresh = try OCSFCheckParts(metadata)
        parts[metadata.check] = fresh
        return fresh
    }

    mutating func add(_ part: (key: String, json: String)) {
        json.key(part.key)
        json.raw(part.json)
    }

    mutating func time(_ key: String, _ time: Timestamp) {
        json.field(key, time.milliseconds)
        json.field(key + "_dt", time.rfc3339)
    }

    mutating func optional(_ key: String, _ text: String) {
        if !text.isEmpty { json.field(key, text) }
    }
}
