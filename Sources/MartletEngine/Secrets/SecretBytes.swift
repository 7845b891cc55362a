import CSodium
import MartletCore

/// Bytes that nobody else should see: locked into memory where the system allows, left out of core dumps, read-only
/// once they are made, and overwritten when the last reference goes.
///
/// Nothing prints them: descriptions and mirrors are empty of their content.
public final class SecretBytes: @unchecked Sendable {
    // @unchecked Sendable holds because the memory is written before `init` returns and not again before `deinit`.
    private let memory: UnsafeMutableRawPointer
    /// The number of bytes.
    public let count: Int

    /// Makes room for `count` bytes and lets `fill` write them; what it leaves out is undefined.
    ///
    /// - Throws: ``MartletError`` `limit` when there is no memory, and what `fill` throws.
    public init(count: Int, _ fill: (UnsafeMutableRawBufferPointer) throws -> Void) throws {
        guard count >= 0, sodium_init() >= 0, let memory = sodium_malloc(max(count, 1)) else {
            throw MartletError(.limit, "There is no protected memory for a secret; free some and try again.")
        }
        self.memory = memory
        self.count = count
        try fill(UnsafeMutableRawBufferPointer(start: memory, count: count))
        sodium_mprotect_readonly(memory)
    }

    /// Copies bytes, whose owner goes on being responsible for them.
    public convenience init(copying bytes: UnsafeRawBufferPointer) throws {
        try self.init(count: bytes.count) { $0.copyMemory(from: bytes) }
    }

    // Overwrites the memory before it is given back.
    deinit { sodium_free(memory) }

    /// Calls `body` with the bytes, which are valid only inside.
    public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try withExtendedLifetime(self) { try body(UnsafeRawBufferPointer(start: memory, count: count)) }
    }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always the same, whatever the bytes.
    public var description: String { "(secret)" }
    /// Always the same, whatever the bytes.
    public var debugDescription: String { description }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
