import CSQLite
import MartletCore

/// A prepared statement that its connection keeps for the next time.
final class SQLiteStatement {
    let handle: OpaquePointer
    /// For each placeholder number, counted from 1, SQLite's own index: it numbers `$2` by first appearance.
    private let indexes: [Int32]
    private let path: String

    /// Asks SQLite to copy what is bound, because Swift's memory moves.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    init(_ sql: String, on database: OpaquePointer, path: String) throws {
        var handle: OpaquePointer?
        let code = sqlite3_prepare_v3(database, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        guard code == SQLITE_OK, let handle else { throw SQLiteError.make(code, database, path: path) }
        self.handle = handle
        self.path = path
        var indexes: [Int32] = []
        let count = sqlite3_bind_parameter_count(handle)
        if count > 0 {
            for index in 1...count {
                guard let name = sqlite3_bind_parameter_name(handle, index),
                    let number = Int(String(cString: name).dropFirst()), number > 0, number < 1000
                else { continue }
                while indexes.count < number { indexes.append(0) }
                indexes[number - 1] = index
            }
        }
        self.indexes = indexes
    }

    deinit { sqlite3_finalize(handle) }

    /// SQLite's index of a placeholder; nil when the statement has none of this number.
    func index(of number: Int) -> Int32? {
        indexes.indices.contains(number - 1) && indexes[number - 1] > 0 ? indexes[number - 1] : nil
    }

    func bind(_ values: [Value]) throws {
        guard values.count >= indexes.count else {
            throw MartletError(.database, "A statement expects \(indexes.count) values and got \(values.count).")
        }
        for (number, index) in indexes.enumerated() where index > 0 {
            let code: Int32
            switch values[number] {
            case .null: code = sqlite3_bind_null(handle, index)
            case .int(let value): code = sqlite3_bind_int64(handle, index, value)
            case .real(let value): code = sqlite3_bind_double(handle, index, value)
            case .text(let value): code = bindText(value, at: index)
            case .bytes(let value): code = bindBytes(value, at: index)
            case .hash(let value): code = bindHash(value, at: index)
            case .numbers(let values): code = bindText("[\(values.map(String.init).joined(separator: ","))]", at: index)
            }
            guard code == SQLITE_OK else { throw SQLiteError.make(code, sqlite3_db_handle(handle), path: path) }
        }
    }

    func bindText(_ text: String, at index: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            // A null pointer would bind NULL instead of the empty text.
            guard let base = bytes.baseAddress else { return sqlite3_bind_text(handle, index, "", 0, nil) }
            return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                sqlite3_bind_text64(
                    handle, index, $0, sqlite3_uint64(bytes.count), Self.transient, UInt8(SQLITE_UTF8))
            }
        }
    }

    func bindBytes(_ bytes: [UInt8], at index: Int32) -> Int32 {
        bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress, buffer.count > 0 else {
                return sqlite3_bind_zeroblob(handle, index, 0)
            }
            return sqlite3_bind_blob64(handle, index, base, sqlite3_uint64(buffer.count), Self.transient)
        }
    }

    func bindHash(_ hash: ContentHash, at index: Int32) -> Int32 {
        hash.withUnsafeBytes { sqlite3_bind_blob(handle, index, $0.baseAddress, 16, Self.transient) }
    }

    /// Makes the statement ready for its next use.
    func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }
}
