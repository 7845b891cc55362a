import CZlib
import Synchronization

/// Compresses a sequence of pieces as one gzip stream, for one reader after another.
final class GzipEncoder: Sendable {
    // @unchecked Sendable holds because the stream is touched only under the lock of its encoder.
    private struct Stream: @unchecked Sendable {
        /// On the heap, because zlib remembers where it stands.
        let value: UnsafeMutablePointer<z_stream>
        var isFinished = false
    }

    private let stream: Mutex<Stream>

    /// Nil when there is no memory.
    init?() {
        let value = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        value.initialize(to: z_stream())
        // 16 more than the window's size: the gzip form. Level 4 costs half of the usual 6, for a few per cent more bytes.
        let made = deflateInit2_(
            value, 4, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, zlibVersion(), Int32(MemoryLayout<z_stream>.size))
        guard made == Z_OK else {
            value.deallocate()
            return nil
        }
        stream = Mutex(Stream(value: value))
    }

    deinit {
        stream.withLock { stream in
            deflateEnd(stream.value)
            stream.value.deallocate()
        }
    }

    var isFinished: Bool { stream.withLock { $0.isFinished } }

    /// The compressed bytes that are ready after a piece; nil when compression failed.
    func encode(_ piece: [UInt8], isLast: Bool) -> [UInt8]? {
        stream.withLock { stream in
            guard !stream.isFinished else { return [] }
            var output: [UInt8] = []
            var piece = piece
            let result = piece.withUnsafeMutableBufferPointer { input -> Bool in
                stream.value.pointee.next_in = input.baseAddress
                stream.value.pointee.avail_in = UInt32(input.count)
                return Self.drain(stream.value, isLast ? Z_FINISH : Z_NO_FLUSH, &output)
            }
            if isLast { stream.isFinished = true }
            return result ? output : nil
        }
    }

    private static func drain(_ stream: UnsafeMutablePointer<z_stream>, _ flush: Int32, _ output: inout [UInt8]) -> Bool
    {
        var buffer = [UInt8](repeating: 0, count: 32 << 10)
        while true {
            let (status, made) = buffer.withUnsafeMutableBufferPointer { pointer -> (Int32, Int) in
                stream.pointee.next_out = pointer.baseAddress
                stream.pointee.avail_out = UInt32(pointer.count)
                let status = deflate(stream, flush)
                return (status, pointer.count - Int(stream.pointee.avail_out))
            }
            output += buffer.prefix(made)
            if status == Z_STREAM_END { return true }
            guard status == Z_OK || status == Z_BUF_ERROR else { return false }
            if made < buffer.count { return flush != Z_FINISH }
        }
    }
}
