/// A stream of bytes that is read from front to back by blocking calls.
protocol ByteSource: AnyObject {
    /// The size of the whole stream as stored; nil when it isn't known.
    var size: Int? { get }
    /// How many bytes were read, as stored.
    var bytesRead: Int { get }
    /// Reads up to `buffer.count` bytes; 0 only at the end of the stream.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}
