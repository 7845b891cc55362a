import MartletCore

/// How rows of one kind look in every format.
struct Listing<Row> {
    /// For a person.
    var columns: [Column<Row>]
    /// The header and value of each CSV field.
    var fields: [(name: String, value: (Row) -> String)]
    /// Writes the members of the row's object; the braces are the printer's.
    var json: (Row, inout JSONWriter) -> Void
    /// What a person reads where there is no row.
    var empty: String
}
