import CSodium

/// Computes a ``ContentHash`` over a sequence of fields, incrementally.
///
/// The hash is BLAKE2b with an output of 16 bytes, no key, over the fields one after the other. A field is one byte that
/// says its type (`s`, `b`, `i` or `n`), then for text and bytes the length as 8 bytes, least significant first, and the
/// content, and for an integer its 8 bytes, least significant first. So no two sequences of fields are the same bytes.
/// The recipe is part of what databases hold and never changes.
///
/// One hasher serves many hashes, one after the other: ``finish()`` leaves it empty and keeps its memory, which does not
/// exceed about 64 KiB however much is added.
public struct ContentHasher: ~Copyable {
    private var buffer: [UInt8] = []
    /// Exists only once a hash has outgrown the buffer; most never do.
    private var state: State?

    private static let flushThreshold = 64 * 1024

    /// libsodium picks its vectorised implementation here; without it hashes are right but slower.
    private static let ready: Void = {
        _ = sodium_init()
    }()

    /// An empty hasher.
    public init() {
        Self.ready
        buffer.reserveCapacity(1024)
    }

    /// Adds a text field: its UTF-8 bytes, not normalised.
    public mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { addField(UInt8(ascii: "s"), UnsafeRawBufferPointer($0)) }
    }

    /// Adds a field of bytes.
    public mutating func add(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { addField(UInt8(ascii: "b"), $0) }
    }

    /// Adds a field of bytes.
    public mutating func add(_ bytes: UnsafeRawBufferPointer) {
        addField(UInt8(ascii: "b"), bytes)
    }

    /// Adds an integer field.
    public mutating func add(_ number: Int) { add(Int64(number)) }

    /// Adds an integer field.
    public mutating func add(_ number: Int64) {
        buffer.append(UInt8(ascii: "i"))
        appendWord(UInt64(bitPattern: number))
    }

    /// Adds a field that stands for "nothing", different from an empty text.
    public mutating func addNil() { buffer.append(UInt8(ascii: "n")) }

    /// Adds another hash as a field of 16 bytes.
    public mutating func add(_ hash: ContentHash) {
        hash.withUnsafeBytes { addField(UInt8(ascii: "b"), $0) }
    }

    /// The hash of all fields added since the start or the last `finish`; the hasher is empty afterwards.
    public mutating func finish() -> ContentHash {
        defer { buffer.removeAll(keepingCapacity: true) }
        guard let state else { return buffer.withUnsafeBytes { Self.plainHash(of: $0) } }
        buffer.withUnsafeBytes { state.update($0) }
        self.state = nil
        return state.final()
    }

    /// The hash of these bytes alone, without the prefix of a field.
    public static func plainHash(of bytes: UnsafeRawBufferPointer) -> ContentHash {
        ready
        return ContentHash { output in
            _ = crypto_generichash(
                output, ContentHash.byteCount, bytes.bindMemory(to: UInt8.self).baseAddress,
                UInt64(bytes.count), nil, 0)
        }
    }

    private mutating func addField(_ type: UInt8, _ bytes: UnsafeRawBufferPointer) {
        buffer.append(type)
        appendWord(UInt64(bytes.count))
        guard buffer.count + bytes.count > Self.flushThreshold else {
            buffer.append(contentsOf: bytes)
            return
        }
        let state = self.state ?? State()
        self.state = state
        buffer.withUnsafeBytes { state.update($0) }
        buffer.removeAll(keepingCapacity: true)
        state.update(bytes)
    }

    private mutating func appendWord(_ word: UInt64) {
        withUnsafeBytes(of: word.littleEndian) { buffer.append(contentsOf: $0) }
        // Integers alone can outgrow the buffer too.
        guard buffer.count > Self.flushThreshold else { return }
        let state = self.state ?? State()
        self.state = state
        buffer.withUnsafeBytes { state.update($0) }
        buffer.removeAll(keepingCapacity: true)
    }
}

extension ContentHasher {
    /// libsodium's running state, on the heap because it must be aligned to 64 bytes.
    private final class State {
        private let memory: UnsafeMutableRawPointer

        init() {
            memory = .allocate(byteCount: crypto_generichash_statebytes(), alignment: 64)
            _ = crypto_generichash_init(pointer, nil, 0, ContentHash.byteCount)
        }

        deinit { memory.deallocate() }

        private var pointer: OpaquePointer { OpaquePointer(memory) }

        func update(_ bytes: UnsafeRawBufferPointer) {
            _ = crypto_generichash_update(
                pointer, bytes.bindMemory(to: UInt8.self).baseAddress, UInt64(bytes.count))
        }

        func final() -> ContentHash {
            ContentHash { output in _ = crypto_generichash_final(pointer, output, ContentHash.byteCount) }
        }
    }
}

extension ContentHash {
    /// Lets C code write the 16 bytes.
    fileprivate init(_ write: (UnsafeMutablePointer<UInt8>) -> Void) {
        var pair: (UInt64, UInt64) = (0, 0)
        withUnsafeMutableBytes(of: &pair) { raw in
            guard let base = raw.bindMemory(to: UInt8.self).baseAddress else { return }
            write(base)
        }
        self.init(high: UInt64(bigEndian: pair.0), low: UInt64(bigEndian: pair.1))
    }
}
