import CSodium
import Glibc
import MartletCore

extension SecretBytes {
    /// Bytes from the system's generator of random numbers.
    public static func random(count: Int) throws -> SecretBytes {
        try SecretBytes(count: count) { buffer in
            if let start = buffer.baseAddress { randombytes_buf(start, buffer.count) }
        }
    }

    /// Some of the bytes; `range` is cut to those that are there.
    public func part(_ range: Range<Int>) throws -> SecretBytes {
        try withUnsafeBytes {
            try SecretBytes(copying: UnsafeRawBufferPointer(rebasing: $0[range.clamped(to: 0..<count)]))
        }
    }

    /// Reads a descriptor to its end without leaving a copy on the way.
    ///
    /// - Parameters:
    ///   - limit: The largest number of bytes to accept.
    ///   - place: What errors give as their place.
    /// - Throws: ``MartletError`` `limit` when there is more than that, `io` when it cannot be read.
    public static func read(descriptor: Int32, limit: Int, place: String) throws -> SecretBytes {
        var length = 0
        let whole = try SecretBytes(count: limit + 1) { buffer in
            while length < buffer.count {
                let count = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: length), buffer.count - length)
                if count == 0 { return }
                if count > 0 {
                    length += count
                } else if errno == EAGAIN {
                    var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                    _ = poll(&wait, 1, -1)
                } else if errno != EINTR {
                    throw MartletError(.io, "It cannot be read (\(String(cString: strerror(errno)))).", place: place)
                }
            }
        }
        guard length <= limit else {
            throw MartletError(.limit, "It is longer than \(limit) bytes.", place: place)
        }
        return try whole.part(0..<length)
    }

    /// The value of an environment variable; nil when it is not set.
    public static func environmentVariable(_ name: String) throws -> SecretBytes? {
        guard let value = getenv(name) else { return nil }
        return try SecretBytes(copying: UnsafeRawBufferPointer(start: value, count: strlen(value)))
    }
}
