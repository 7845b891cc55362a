/// A stream whose next bytes can be looked at before they are read.
final class PeekingByteSource: ByteSource {
    private let base: any ByteSource
    private var ahead: [UInt8] = []
    private var position = 0

    init(_ base: any ByteSource) { self.base = base }

    var size: Int? { base.size }
    var bytesRead: Int { base.bytesRead }

    /// The next `count` bytes, fewer only at the end of the stream.
    func peek(_ count: Int) throws -> ArraySlice<UInt8> {
        while ahead.count - position < count {
            let missing = count - (ahead.count - position)
            let piece = try [UInt8](unsafeUninitializedCapacity: missing) { buffer, initialized in
                initialized = try base.read(into: UnsafeMutableRawBufferPointer(buffer))
            }
            if piece.isEmpty { break }
            ahead.append(contentsOf: piece)
        }
        return ahead[position...].prefix(count)
    }

    /// Passes over bytes that were peeked at.
    func skip(_ count: Int) throws { position += try peek(count).count }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard position < ahead.count else {
            if !ahead.isEmpty {
                ahead = []
                position = 0
            }
            return try base.read(into: buffer)
        }
        let count = min(buffer.count, ahead.count - position)
        buffer.copyBytes(from: ahead[position..<position + count])
        position += count
        return count
    }
}
