import CZstd
import MartletCore

/// The content of a zstd file of any number of frames.
final class ZstdByteSource: ByteSource {
    /// The largest window of a frame, as a power of two: 64 MiB, so that a file cannot demand more memory. Only
    /// `zstd --ultra -22` and `--long=27` and above exceed it.
    private static let maximumWindowLog: Int32 = 26

    private let base: any ByteSource
    private let name: String
    private let context: OpaquePointer
    private let storage = UnsafeMutableRawBufferPointer.allocate(byteCount: 128 << 10, alignment: 16)
    private var input = ZSTD_inBuffer()
    private var isInsideFrame = false
    private var inputEnded = false

    init(_ base: any ByteSource, name: String) throws {
        guard let context = ZSTD_createDCtx() else {
            throw MartletError(.limit, "there is not enough memory to decompress the file")
        }
        self.base = base
        self.name = name
        self.context = context
        ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Self.maximumWindowLog)
    }

    deinit {
        ZSTD_freeDCtx(context)
        storage.deallocate()
    }

    var size: Int? { base.size }
    var bytesRead: Int { base.bytesRead }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
        while output.pos == 0 {
            if input.pos == input.size, !inputEnded {
                let count = try base.read(into: storage)
                input = ZSTD_inBuffer(src: UnsafeRawPointer(storage.baseAddress), size: count, pos: 0)
                inputEnded = count == 0
            }
            if inputEnded, !isInsideFrame { return 0 }
            let before = input.pos
            let result = ZSTD_decompressStream(context, &output, &input)
            if ZSTD_isError(result) != 0 { throw failure(of: result) }
            isInsideFrame = result != 0
            // Without input the decoder can only give out what it still holds.
            if inputEnded, isInsideFrame, output.pos == 0, input.pos == before {
                throw failure("the zstd data is cut off")
            }
        }
        return output.pos
    }

    private func failure(of result: Int) -> MartletError {
        // An error is a negated code of zstd_errors.h, a header that the module doesn't show; the codes never change.
        switch 0 &- result {
        case 16:
            failure("the zstd data needs a window of more than 64 MiB; compress it with level 19 or lower")
        case 64:
            MartletError(.limit, "there is not enough memory to decompress the file")
        default: failure("the zstd data is damaged")
        }
    }

    private func failure(_ message: String) -> MartletError {
        MartletError(
            .invalidInput, "\(message) near byte \(bytesRead); nothing of the file can be used",
            place: name.isEmpty ? nil : name)
    }
}
