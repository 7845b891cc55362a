import MartletCore

/// The keys of an installation: the first one seals, all of them open.
public struct SecretKeyRing: Sendable {
    /// Never empty; no key stands twice.
    public let keys: [SecretKey]

    /// The most keys of a ring.
    public static let limit = 64
    /// The largest number of bytes of a text with keys.
    public static let sizeLimit = 16 << 10

    /// The key that seals.
    public let first: SecretKey

    /// Takes keys in their order; one that was there already is left out.
    ///
    /// - Parameter place: What errors give as their place.
    /// - Throws: ``MartletError`` `secret_key_missing` without a key, `limit` with more than ``limit``.
    public init(_ keys: [SecretKey], place: String? = nil) throws {
        guard let first = keys.first else {
            throw MartletError(
                .secretKeyMissing, "There is no key in it; `martlet secret key` makes one.", place: place)
        }
        var seen: Set<String> = []
        let distinct = keys.filter { seen.insert($0.id).inserted }
        guard distinct.count <= Self.limit else {
            throw MartletError(.limit, "A ring has at most \(Self.limit) keys; remove old ones.", place: place)
        }
        self.first = first
        self.keys = distinct
    }

    /// Reads keys that are separated by white space or commas. A line that begins with `#` is left out.
    ///
    /// - Throws: ``MartletError`` `secret_key_invalid` for what is no key, and what ``init(_:place:)`` throws.
    public init(text: SecretBytes, place: String) throws {
        let keys = try text.withUnsafeBytes { bytes in
            try bytes.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }).filter {
                $0.first != UInt8(ascii: "#")
            }.flatMap { line in
                try line.split(whereSeparator: { $0 == UInt8(ascii: " ") || $0 == 9 || $0 == UInt8(ascii: ",") }).map {
                    try SecretKey(text: UnsafeRawBufferPointer(rebasing: $0), place: place)
                }
            }
        }
        try self.init(keys, place: place)
    }

    /// The key with this id; nil when it is not in the ring.
    public func key(_ id: String) -> SecretKey? { keys.first { $0.id == id } }

    /// A ring that seals with the first key of another one and still opens with all of its own.
    public func sealing(with other: SecretKeyRing) throws -> SecretKeyRing { try SecretKeyRing(other.keys + keys) }
}
