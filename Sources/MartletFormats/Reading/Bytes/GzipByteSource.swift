import CZlib
import MartletCore

/// The content of a gzip file of any number of members. Sizes and checksums are verified, never trusted in advance.
final class GzipByteSource: ByteSource {
    private let base: any ByteSource
    private let name: String
    // zlib keeps a pointer back to the stream, so that it must not move.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 << 10, alignment: 16)
    private enum State { case inMember, betweenMembers, padding, ended }
    private var state = State.inMember
    private var started = false

    init(_ base: any ByteSource, name: String) throws {
        self.base = base
        self.name = name
        stream.initialize(to: z_stream())
        // 15 is the largest window; 16 more means the gzip format.
        let result = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard result == Z_OK else { throw MartletError(.limit, "there is not enough memory to decompress the file") }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        input.deallocate()
    }

    var size: Int? { base.size }
    var bytesRead: Int { base.bytesRead }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let room = min(buffer.count, Int(UInt32.max))
        stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(room)
        while Int(stream.pointee.avail_out) == room {
            let isAtEnd = try stream.pointee.avail_in == 0 && !fill()
            switch state {
            case .ended: return 0
            case .inMember:
                if isAtEnd { throw failure("the gzip data is cut off") }
                try inflateSome()
            case .betweenMembers:
                if isAtEnd {
                    state = .ended
                } else if stream.pointee.next_in.pointee == 0 {
                    state = .padding
                } else {
                    guard inflateReset(stream) == Z_OK else { throw failure("the gzip data is damaged") }
                    state = .inMember
                }
            case .padding:
                // Tapes and block devices pad with zeros.
                if isAtEnd {
                    state = .ended
                } else if stream.pointee.next_in.pointee != 0 {
                    throw failure("there is something else after the gzip data")
                } else {
                    stream.pointee.next_in += 1
                    stream.pointee.avail_in -= 1
                }
            }
        }
        return room - Int(stream.pointee.avail_out)
    }

    private func fill() throws -> Bool {
        let count = try base.read(into: input)
        stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_in = UInt32(count)
        return count > 0
    }

    private func inflateSome() throws {
        switch inflate(stream, Z_NO_FLUSH) {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END: state = .betweenMembers
        case Z_MEM_ERROR: throw MartletError(.limit, "there is not enough memory to decompress the file")
        default: throw failure("the gzip data is damaged")
        }
    }

    private func failure(_ message: String) -> MartletError {
        MartletError(
            .invalidInput, "\(message) near byte \(bytesRead); nothing of the file can be used",
            place: name.isEmpty ? nil : name)
    }
}
