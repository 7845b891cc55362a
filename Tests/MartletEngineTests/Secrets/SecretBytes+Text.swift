@testable import MartletEngine

extension SecretBytes {
    convenience init(_ text: String) throws { try self.init(Array(text.utf8)) }

    convenience init(_ bytes: [UInt8]) throws {
        try self.init(count: bytes.count) { $0.copyBytes(from: bytes) }
    }

    var array: [UInt8] { withUnsafeBytes { Array($0) } }
    func isEqual(to other: SecretBytes) -> Bool { array == other.array }
    var text: String { String(decoding: array, as: UTF8.self) }
}

extension SecretValue {
    /// What it says, for comparison.
    var said: [String] {
        switch content {
        case .text(let bytes): [bytes.text]
        case .fields(let fields): fields.flatMap { [$0.name, $0.value.text] }
        }
    }
}

extension SecretKeyRing {
    /// A ring of so many new keys.
    static func new(_ count: Int = 1) throws -> SecretKeyRing {
        try SecretKeyRing((0..<count).map { _ in try SecretKey.generate() })
    }
}
