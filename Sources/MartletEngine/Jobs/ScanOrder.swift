import MartletCore
import MartletStore

/// What a scan is told: the payload of its job.
public struct ScanOrder: Sendable, Hashable {
    /// Where the findings come from: `file:PATH`, `external:NAME`, or the name of a provider that Martlet scans itself.
    public var source: String
    /// What the source is to look at; empty for a file, which is what it is.
    public var filters = ScanFilters()
    /// What the source is taken to cover.
    public var scope: ImportScope = .matrix
    /// The first statement that cannot be used fails the scan.
    public var isStrict = false
    /// Accept a source that is older than the published scan.
    public var isHistory = false

    /// The version of the payload's form that this program writes, and the newest it reads.
    public static let version: Int64 = 2

    /// A scan of a source, otherwise by the defaults.
    public init(source: String) { self.source = source }

    /// Reads a job's payload. Throws ``MartletError`` (`usage`) when a newer program wrote it, or it is none.
    public init(payload: String, version: Int64) throws {
        guard version <= Self.version else {
            throw MartletError(
                .usage, "The scan was asked for by a newer martlet (payload \(version)); use that one for workers, too."
            )
        }
        let value = try JSONValue.parse(payload, limit: JobRequest.maximumPayload)
        guard let source = value["source"]?.stringValue,
            let scope = ImportScope(rawValue: value["scope"]?.stringValue ?? ImportScope.matrix.rawValue)
        else { throw MartletError(.usage, "The scan's job does not say what to scan.") }
        self.source = source
        self.scope = scope
        isStrict = value["strict"]?.boolValue ?? false
        isHistory = value["history"]?.boolValue ?? false
        // Since version 2.
        if let filters = value["filters"] { self.filters = try ScanFilters(json: filters) }
    }

    /// The payload of the newest version.
    public var payload: String {
        JSONValue.object([
            .init("source", .string(source)), .init("scope", .string(scope.rawValue)), .init("strict", .bool(isStrict)),
            .init("history", .bool(isHistory)), .init("filters", filters.json),
        ]).text
    }

    /// The file of a source `file:PATH`; nil for other sources.
    public var filePath: String? {
        source.hasPrefix("file:") && source.utf8.count > 5 ? String(source.dropFirst(5)) : nil
    }

    /// The provider whose own scanner does the scan, as in `azure`; nil for other sources.
    public var nativeProvider: Provider? {
        NativeScans.providers.contains(source) ? Provider(name: source) : nil
    }

    /// The name of a source `external:NAME`; nil for other sources.
    public var externalName: String? {
        source.hasPrefix("external:") && source.utf8.count > 9 ? String(source.dropFirst(9)) : nil
    }

    /// The id of the upload of a source `upload:ID`; nil for other sources.
    public var uploadID: String? {
        source.hasPrefix("upload:") && source.utf8.count > 7 ? String(source.dropFirst(7)) : nil
    }
}
