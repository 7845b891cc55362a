import MartletCore

/// A value by which a list that is held whole is sorted.
enum SortValue: Comparable {
    case number(Int64)
    case text(String)
}

extension JSONAPIQuery {
    /// Rows in the order that `sort` asks for, else as they are; equal ones by their ids.
    func sorted<Row>(
        _ rows: [Row], id: (Row) -> String, _ value: (_ row: Row, _ field: String) -> SortValue
    ) -> [Row] {
        guard !sort.isEmpty else { return rows }
        return rows.sorted { left, right in
            for key in sort {
                let (first, second) =
                    key.field == "id"
                    ? (.text(id(left)), .text(id(right))) : (value(left, key.field), value(right, key.field))
                if first != second { return (first < second) != key.isDescending }
            }
            return id(left) < id(right)
        }
    }

    /// Whether `filter[search]` lets a text through.
    func finds(_ text: String) -> Bool {
        search.map { text.lowercased().contains($0.lowercased()) } ?? true
    }
}
