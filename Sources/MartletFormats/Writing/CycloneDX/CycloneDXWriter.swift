import MartletCore
import MartletPolicy

/// Writes a cryptographic bill of materials: CycloneDX 1.6, JSON.
///
/// Assets are written one at a time; only the algorithms that they name are remembered, of which there are few. So memory
/// does not grow with the inventory, if the bytes are taken with ``takeBytes()`` now and then.
///
///     var writer = CycloneDXWriter(serial: serial, at: now, program: "0.1.0", subject: "default")
///     for asset in assets { writer.add(asset) }
///     writer.finish(gaps: gaps)
public struct CycloneDXWriter: Sendable {
    /// The media type of what is written.
    public static let mediaType = "application/vnd.cyclonedx+json"

    /// Something that the inventory would hold if it could have been looked at.
    public struct Gap: Sendable, Hashable {
        /// The account.
        public var account: AccountKey
        /// The check that could not look.
        public var check: String
        /// What became of it.
        public var state: CoverageState

        /// A gap of its parts.
        public init(account: AccountKey, check: String, state: CoverageState) {
            self.account = account
            self.check = check
            self.state = state
        }
    }

    var json = JSONWriter()
    private var algorithms: Set<CryptoAlgorithm> = []

    /// A document at its beginning.
    ///
    /// - Parameters:
    ///   - serial: A UUID in small letters; the same inventory has the same one.
    ///   - time: When the newest of the scans looked; nil where there is none.
    ///   - program: Martlet's version.
    ///   - subject: What is inventoried, in words.
    public init(serial: String, at time: Timestamp?, program: String, subject: String) {
        json.beginObject()
        json.field("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json")
        json.field("bomFormat", "CycloneDX")
        json.field("specVersion", "1.6")
        json.field("serialNumber", "urn:uuid:\(serial)")
        json.field("version", 1)
        json.key("metadata")
        json.beginObject()
        if let time { json.field("timestamp", time.rfc3339) }
        json.key("tools")
        json.beginObject()
        json.key("components")
        json.beginArray()
        json.beginObject()
        json.field("type", "application")
        json.field("name", "martlet")
        json.field("version", program)
        json.endObject()
        json.endArray()
        json.endObject()
        json.key("component")
        json.beginObject()
        json.field("type", "platform")
        json.field("bom-ref", "estate")
        json.field("name", subject)
        json.endObject()
        json.endObject()
        json.key("components")
        json.beginArray()
    }

    /// The bytes written since the last call.
    public mutating func takeBytes() -> [UInt8] { json.takeBytes() }

    /// How many bytes wait to be taken.
    public var count: Int { json.count }

    /// Writes an asset. Each ``CryptoAsset/reference`` may come once.
    public mutating func add(_ asset: CryptoAsset) {
        if let algorithm = asset.algorithm { algorithms.insert(algorithm) }
        json.beginObject()
        json.field("type", "cryptographic-asset")
        json.field("bom-ref", asset.reference)
        json.field("name", asset.name.isEmpty ? "(no name)" : asset.name)
        json.key("cryptoProperties")
        write(asset)
        json.key("properties")
        properties(of: asset)
        json.endObject()
    }

    /// Writes the algorithms and what is not known, and ends the document.
    public mutating func finish(gaps: some Sequence<Gap>) {
        for algorithm in algorithms.sorted(by: { $0.name < $1.name }) { write(algorithm) }
        json.endArray()
        var properties: [(String, String)] = []
        for gap in gaps {
            properties.append(("martlet:not-evaluated", "\(gap.account) \(gap.check): \(gap.state.name)"))
        }
        json.key("compositions")
        json.beginArray()
        json.beginObject()
        // Nobody can promise that there is nothing else.
        json.field("aggregate", properties.isEmpty ? "unknown" : "incomplete")
        json.key("assemblies")
        json.beginArray()
        json.string("estate")
        json.endArray()
        json.endObject()
        json.endArray()
        json.key("properties")
        write(properties)
        json.endObject()
        json.newline()
    }

    /// The name by which assets point at an algorithm.
    static func reference(of algorithm: CryptoAlgorithm) -> String { "algorithm:\(algorithm.name)" }

    mutating func write(_ properties: [(String, String)]) {
        json.beginArray()
        for (name, value) in properties {
            json.beginObject()
            json.field("name", name)
            json.field("value", value)
            json.endObject()
        }
        json.endArray()
    }
}
