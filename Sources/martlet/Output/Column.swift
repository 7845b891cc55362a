/// A column of a table.
struct Column<Row> {
    let title: String
    /// Numbers are aligned to the right.
    let right: Bool
    /// May be cut to make the table fit; others keep their width as long as that is possible.
    let flexible: Bool
    let style: (Row) -> Style
    let text: (Row) -> String

    init(
        _ title: String, right: Bool = false, flexible: Bool = false, style: @escaping (Row) -> Style = { _ in .plain },
        _ text: @escaping (Row) -> String
    ) {
        self.title = title
        self.right = right
        self.flexible = flexible
        self.style = style
        self.text = text
    }
}
