import Glibc
import MartletCore
import Synchronization

/// Texts by key in a file without a name, which ends with its last user: in memory only a hash and a place are kept of each, so
/// that lists of many large items can be looked up in.
final class SpilledTexts: Sendable {
    private struct Place {
        var offset: Int64
        var count: Int32
    }

    private struct State {
        var places: [ContentHash: Place] = [:]
        var size: Int64 = 0
    }

    private let descriptor: Int32
    private let state = Mutex(State())

    /// The most bytes of a file.
    static let limit: Int64 = 4 << 30

    /// Makes the file in `TMPDIR`, or in `/tmp`. Nil where that cannot be done.
    init?() {
        guard let file = try? TemporaryFile(prefix: "martlet-") else { return nil }
        descriptor = file.descriptor
        unlink(file.path)
    }

    deinit { close(descriptor) }

    /// Keeps a text; a later one under the same key takes its place. False when the file takes no more.
    func add(_ text: [UInt8], under key: String) -> Bool {
        let hash = Self.hash(key)
        return state.withLock { state in
            guard state.size + Int64(text.count) <= Self.limit, write(text, at: state.size) else { return false }
            state.places[hash] = Place(offset: state.size, count: Int32(text.count))
            state.size += Int64(text.count)
            return true
        }
    }

    /// The text under a key; nil when there is none, or it cannot be read.
    func text(under key: String) -> [UInt8]? {
        guard let place = state.withLock({ $0.places[Self.hash(key)] }) else { return nil }
        var text = [UInt8](repeating: 0, count: Int(place.count))
        var done = 0
        while done < text.count {
            let count = text[done...].withUnsafeMutableBytes { bytes in
                pread(descriptor, bytes.baseAddress, bytes.count, off_t(place.offset) + off_t(done))
            }
            if count > 0 { done += count } else if count == 0 || errno != EINTR { return nil }
        }
        return text
    }

    private func write(_ text: [UInt8], at offset: Int64) -> Bool {
        var done = 0
        while done < text.count {
            let count = text[done...].withUnsafeBytes { bytes in
                pwrite(descriptor, bytes.baseAddress, bytes.count, off_t(offset) + off_t(done))
            }
            if count > 0 { done += count } else if count == 0 || errno != EINTR { return false }
        }
        return true
    }

    private static func hash(_ key: String) -> ContentHash {
        var key = key
        return key.withUTF8 { ContentHasher.plainHash(of: UnsafeRawBufferPointer($0)) }
    }
}
