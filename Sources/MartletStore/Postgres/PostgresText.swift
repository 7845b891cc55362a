/// Small pieces of PostgreSQL's SQL.
enum PostgresText {
    /// The type of a stage's column; text is ordered by its bytes.
    static func typeName(_ type: Stage.ColumnType) -> String {
        switch type {
        case .int: "bigint"
        case .real: "double precision"
        case .text: "text COLLATE \"C\""
        case .bytes: "bytea"
        }
    }

    /// Replaces `$number` wherever it stands (and no longer number that begins so); nil when it stands nowhere.
    static func replace(placeholder number: Int, in sql: String, with text: String) -> String? {
        let mark = "$\(number)"
        var result = ""
        var rest = sql[...]
        var found = false
        while let range = rest.firstRange(of: mark) {
            let isLonger = rest[range.upperBound...].first?.isNumber ?? false
            result += rest[..<range.lowerBound] + (isLonger ? mark : text)
            found = found || !isLonger
            rest = rest[range.upperBound...]
        }
        return found ? result + rest : nil
    }

    /// A name in double quotes. Names of schemas and roles are checked where they come in; this is the second lock.
    static func quoted(_ name: String) -> String { "\"" + name.split(separator: "\"").joined(separator: "\"\"") + "\"" }
}
