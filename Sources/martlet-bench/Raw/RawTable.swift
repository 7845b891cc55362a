import CSQLite
import MartletCore

/// One table on its way from a finished store into an empty one: the rows are read in an order of their own and
/// inserted one by one.
final class RawTable {
    let name: String
    private let source: RawStatement
    private let target: RawStatement
    private(set) var rows: RawRows
    private(set) var inserted = 0
    private var waiting: Bool
    private let columns: [String]

    /// - Parameter order: The `ORDER BY` of reading; empty for the order of the primary key.
    init(_ name: String, order: String = "", from source: RawDatabase, to target: RawDatabase) throws {
        self.name = name
        // A number that the database gives itself is given anew, as it was when the store was written.
        let all = try source.texts("SELECT name FROM pragma_table_info('\(name)') ORDER BY cid")
        let ids = try source.texts(
            """
            SELECT name FROM pragma_table_info('\(name)') WHERE pk = 1 AND type = 'INTEGER'
            AND (SELECT COUNT(*) FROM pragma_table_info('\(name)') WHERE pk > 0) = 1
            """)
        columns = all.filter { !ids.contains($0) }
        let list = columns.joined(separator: ", ")
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        self.source = try RawStatement(
            "SELECT \(list) FROM \(name)" + (order.isEmpty ? "" : " ORDER BY \(order)"), on: source)
        self.target = try RawStatement("INSERT INTO \(name) (\(list)) VALUES (\(marks))", on: target)
        rows = RawRows(columns: columns.count)
        waiting = try self.source.step()
    }

    /// The place of a column.
    func index(of column: String) -> Int { columns.firstIndex(of: column) ?? 0 }

    /// An integer of the row that will be read next; nil after the last.
    func next(_ column: Int) -> Int64? { waiting ? sqlite3_column_int64(source.handle, Int32(column)) : nil }

    /// Reads rows while `wanted` holds.
    func read(while wanted: () -> Bool) throws {
        while waiting, wanted() {
            rows.append(source)
            waiting = try source.step()
        }
    }

    /// Sorts what was read and not yet inserted.
    func sort(by first: Int, _ second: Int) { rows.sort(by: first, second) }

    /// Inserts what was read.
    func insert() throws {
        guard rows.count > 0 else { return }
        try rows.insert(by: target)
        inserted += rows.count
        rows.removeAll()
    }
}
