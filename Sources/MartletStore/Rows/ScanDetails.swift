import MartletCore

/// The numbers and rejections of a scan, as stored with it in one JSON document.
public struct ScanDetails: Sendable, Hashable {
    /// What became of the findings.
    public var counts = ScanCounts()
    /// Resources that held after publish; 0 while the scan is not published. So are the next two.
    public var resources: Int64 = 0
    /// Tags of these resources.
    public var tags: Int64 = 0
    /// Compliance rows (region × framework × requirement) that held after publish.
    public var complianceRows: Int64 = 0
    /// Time spent waiting for the source.
    public var parseMilliseconds: Int64 = 0
    /// Time spent merging and writing batches.
    public var ingestMilliseconds: Int64 = 0
    /// Time spent in publish; 0 until it is over.
    public var publishMilliseconds: Int64 = 0
    /// The first rejections, as text with their places.
    public var rejections: [String] = []
    /// What could not be evaluated and why, where the source says so.
    public var gaps: [ScanGap] = []

    /// Details of a scan of which nothing is known yet.
    public init() {}

    private static let countFields: [(String, WritableKeyPath<ScanCounts, Int64> & Sendable)] = [
        ("read", \.read), ("rejected", \.rejected), ("duplicates", \.duplicates), ("new", \.new),
        ("changed", \.changed), ("updated", \.updated), ("unchanged", \.unchanged), ("returned", \.returned),
        ("gone", \.gone), ("resolved", \.resolved), ("reopened", \.reopened), ("muted", \.muted),
        ("outside", \.outside),
    ]

    private static let fields: [(String, WritableKeyPath<ScanDetails, Int64> & Sendable)] = [
        ("resources", \.resources), ("tags", \.tags), ("compliance_rows", \.complianceRows),
        ("parse_ms", \.parseMilliseconds), ("ingest_ms", \.ingestMilliseconds), ("publish_ms", \.publishMilliseconds),
    ]

    /// The stored form.
    public var text: String {
        var writer = JSONWriter()
        writer.beginObject()
        for (name, path) in Self.countFields { writer.field(name, counts[keyPath: path]) }
        for (name, path) in Self.fields { writer.field(name, self[keyPath: path]) }
        writer.field("rejections", rejections)
        if !gaps.isEmpty {
            writer.key("gaps")
            writer.beginArray()
            for gap in gaps { gap.write(to: &writer) }
            writer.endArray()
        }
        writer.endObject()
        return writer.text
    }

    /// Reads the stored form; what is not there is 0.
    public init(text: String) throws {
        guard !text.isEmpty else { return }
        let document = try JSONValue.parse(text)
        for (name, path) in Self.countFields { counts[keyPath: path] = document[name]?.intValue ?? 0 }
        for (name, path) in Self.fields { self[keyPath: path] = document[name]?.intValue ?? 0 }
        rejections = document["rejections"]?.arrayValue?.compactMap(\.stringValue) ?? []
        gaps = document["gaps"]?.arrayValue?.compactMap { ScanGap(json: $0) } ?? []
    }
}
