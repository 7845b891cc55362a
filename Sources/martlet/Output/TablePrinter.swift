/// Prints an aligned table. The first rows decide how wide the columns are, so a table of any length is streamed.
final class TablePrinter<Row> {
    private struct Cell {
        var text: String
        var style: Style
    }

    /// How many rows are looked at before anything is printed.
    private let sample = 200
    private let gap = "  "
    private let columns: [Column<Row>]
    private let terminal: Terminal
    private let output: OutputStream
    private var waiting: [[Cell]] = []
    private var widths: [Int]?

    init(columns: [Column<Row>], terminal: Terminal, output: OutputStream) {
        self.columns = columns
        self.terminal = terminal
        self.output = output
    }

    func add(_ row: Row) throws {
        let cells = columns.map { Cell(text: DisplayText.safe($0.text(row)), style: $0.style(row)) }
        if let widths { return try print(cells, widths) }
        waiting.append(cells)
        if waiting.count >= sample { try release() }
    }

    /// Prints what still waits; nothing at all when there was no row.
    func finish() throws {
        if widths == nil, !waiting.isEmpty { try release() }
    }

    private func release() throws {
        var measured = columns.map { DisplayText.width($0.title) }
        for cells in waiting {
            for (index, cell) in cells.enumerated() {
                measured[index] = max(measured[index], DisplayText.width(cell.text))
            }
        }
        let fitted = fit(measured)
        widths = fitted
        try print(columns.map { Cell(text: $0.title, style: .bold) }, fitted)
        for cells in waiting { try print(cells, fitted) }
        waiting = []
    }

    /// Takes columns away from the widest flexible column until the table fits, at last from any column.
    private func fit(_ measured: [Int]) -> [Int] {
        guard let limit = terminal.width else { return measured }
        var result = measured
        var excess = result.reduce(0, +) + gap.count * max(0, columns.count - 1) - limit
        for (floor, indices) in [(12, columns.indices.filter { columns[$0].flexible }), (4, Array(columns.indices))] {
            while excess > 0, let widest = indices.max(by: { result[$0] < result[$1] }), result[widest] > floor {
                result[widest] -= 1
                excess -= 1
            }
        }
        return result
    }

    private func print(_ cells: [Cell], _ widths: [Int]) throws {
        var line = ""
        for (index, cell) in cells.enumerated() {
            let text = terminal.width == nil ? cell.text : DisplayText.cut(cell.text, to: widths[index])
            let isLast = index == cells.count - 1
            let styled = terminal.colors ? cell.style.apply(text) : text
            // Padded by the width of the plain text: escape sequences take no room.
            let blanks = String(repeating: " ", count: max(0, widths[index] - DisplayText.width(text)))
            line += columns[index].right ? blanks + styled : styled + (isLast ? "" : blanks)
            if !isLast { line += gap }
        }
        // An empty last cell leaves the gap before it.
        while line.hasSuffix(" ") { line.removeLast() }
        try output.write(line + "\n")
    }
}
