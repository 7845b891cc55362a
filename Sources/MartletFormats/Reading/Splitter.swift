import CSimdJSON
import MartletCore

/// Cuts a stream into elements; the Swift face of `martlet_splitter`.
final class Splitter {
    enum Kind {
        case lines, array, objects
        case records(separator: UInt8)
    }

    typealias Item = martlet_splitter_item

    enum Step {
        /// An element; its bytes are valid until the next ``fill(from:atLeast:)``.
        case item(Item)
        /// An element that was too long and has been passed over.
        case oversized(Item)
        case needsMore
        case end
        /// The stream's structure is broken here.
        case broken(String, Item)
    }

    private let handle: OpaquePointer

    init(_ kind: Kind, limit: Int) throws {
        let created =
            switch kind {
            case .lines: martlet_splitter_create(Int32(MARTLET_SPLITTER_LINES), 0, limit)
            case .array: martlet_splitter_create(Int32(MARTLET_SPLITTER_ARRAY), 0, limit)
            case .objects: martlet_splitter_create(Int32(MARTLET_SPLITTER_OBJECTS), 0, limit)
            case .records(let separator): martlet_splitter_create(Int32(MARTLET_SPLITTER_RECORDS), separator, limit)
            }
        guard let created else { throw MartletError(.limit, "there is not enough memory to read the file") }
        handle = created
    }

    deinit { martlet_splitter_destroy(handle) }

    /// Reads the next piece of the stream.
    func fill(from source: any ByteSource, atLeast count: Int) throws {
        guard let room = martlet_splitter_reserve(handle, count) else {
            throw MartletError(.limit, "there is not enough memory to read the file")
        }
        let read = try source.read(into: UnsafeMutableRawBufferPointer(start: room, count: count))
        if read == 0 {
            martlet_splitter_finish(handle)
        } else {
            martlet_splitter_commit(handle, read)
        }
    }

    func next() -> Step {
        var item = Item()
        switch martlet_splitter_next(handle, &item) {
        case Int32(MARTLET_SPLITTER_ITEM): return .item(item)
        case Int32(MARTLET_SPLITTER_OVERSIZED): return .oversized(item)
        case Int32(MARTLET_SPLITTER_MORE): return .needsMore
        case Int32(MARTLET_SPLITTER_END): return .end
        default: return .broken(String(cString: martlet_splitter_problem(handle)), item)
        }
    }
}
