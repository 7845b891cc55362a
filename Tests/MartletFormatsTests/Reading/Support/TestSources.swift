import Glibc

@testable import MartletFormats

/// Gives its bytes in pieces of a given size.
final class DribblingSource: ByteSource {
    private let bytes: [UInt8]
    private let piece: Int
    private(set) var bytesRead = 0

    init(_ bytes: [UInt8], piece: Int) {
        self.bytes = bytes
        self.piece = piece
    }

    var size: Int? { nil }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = min(piece, buffer.count, bytes.count - bytesRead)
        buffer.copyBytes(from: bytes[bytesRead..<bytesRead + count])
        bytesRead += count
        return count
    }
}

/// A start, one byte repeated as often as wished, and an end; takes no memory.
final class FloodSource: ByteSource {
    private let start: [UInt8]
    private let end: [UInt8]
    private let filler: UInt8
    private let count: Int
    private(set) var bytesRead = 0
    /// Called at the end of the repeated bytes.
    private let atEnd: @Sendable () -> Void

    init(start: String, filler: Character, count: Int, end: String, atEnd: @escaping @Sendable () -> Void = {}) {
        self.start = Array(start.utf8)
        self.end = Array(end.utf8)
        self.filler = filler.asciiValue ?? 0
        self.count = count
        self.atEnd = atEnd
    }

    var size: Int? { nil }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let flood = start.count..<start.count + count
        let given: Int
        if bytesRead < flood.lowerBound {
            given = min(buffer.count, flood.lowerBound - bytesRead)
            buffer.copyBytes(from: start[bytesRead..<bytesRead + given])
        } else if bytesRead < flood.upperBound {
            given = min(buffer.count, flood.upperBound - bytesRead)
            if let start = buffer.baseAddress { memset(start, Int32(filler), given) }
        } else {
            let position = bytesRead - flood.upperBound
            if position == 0 { atEnd() }
            given = min(buffer.count, end.count - position)
            buffer.copyBytes(from: end[position..<position + given])
        }
        bytesRead += given
        return given
    }
}
