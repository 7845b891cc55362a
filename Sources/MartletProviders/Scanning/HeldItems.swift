import MartletCore

/// The items of a collector that are kept until the scan ends: whole, or not at all.
struct HeldItems: Sendable {
    struct Entry: Sendable {
        var item: JSONValue
        var parents: [String: JSONValue]
    }

    /// In the order of the answers.
    var entries: [Entry] = []
    /// Items as text by their id in lower case, where that is what they are kept for. Nil where they are not, and where there
    /// is no room for it: then each is asked for by itself.
    var texts: SpilledTexts?
    /// Why it is not whole, and where what is missing may be.
    var failures: [(failure: CallFailure, region: String?)] = []

    /// Bytes of all items that a scan keeps in memory at most, as text.
    static let limit = 192 << 20

    /// The item of an id; nil when it is not there.
    func item(id: String) -> JSONValue? {
        texts?.text(under: id.lowercased()).flatMap { try? JSONValue.parse($0) }
    }
}
