import MartletCore
import MartletStore

/// A place in a list as links carry it: opaque, and of this server's making.
///
/// The signature is a BLAKE2b hash under a secret of the tenant over the place and everything else that the query asks for,
/// so that a cursor leads on only in the list that gave it. All servers of a store know the secret.
struct SignedCursor {
    private let key: [UInt8]
    private let list: String

    /// The cursors of the list that a request asks for.
    init(_ context: RequestContext, _ reader: StoreReader) throws {
        key = try reader.cursorKey() ?? []
        let kept = context.query.items.filter { !$0.name.hasPrefix("page[") && !$0.name.hasPrefix("fields[") }
        list =
            context.endpoint.path.description
            + kept.map { "\n\($0.name)=\($0.value)" }.sorted().joined()
    }

    /// The text of a place.
    func text(_ place: String) -> String {
        Self.hex(Array(place.utf8)) + Self.hex(Array(signature(place).bytes.prefix(8)))
    }

    /// The place of a text; nil for the empty one, which means the beginning.
    ///
    /// - Throws: 400 for anything that this list did not give.
    func place(_ text: String) throws(APIError) -> String? {
        guard !text.isEmpty else { return nil }
        guard let bytes = Self.bytes(text), bytes.count > 8 else { throw Self.refusal }
        let place = String(decoding: bytes.dropLast(8), as: UTF8.self)
        guard self.text(place) == text.lowercased() else { throw Self.refusal }
        return place
    }

    static let refusal = APIError.parameter(
        "page[after]", "This is no cursor of this list; take the one of links.next, with the same filters and order.")

    private func signature(_ place: String) -> ContentHash {
        var hasher = ContentHasher()
        hasher.add(key)
        hasher.add("cursor")
        hasher.add(list)
        hasher.add(place)
        return hasher.finish()
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        let digits = text.utf8.map { UInt8(truncatingIfNeeded: Character(Unicode.Scalar($0)).hexDigitValue ?? 255) }
        guard digits.count.isMultiple(of: 2), !digits.contains(255) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
