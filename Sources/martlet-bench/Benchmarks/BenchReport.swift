import Glibc
import MartletCore

/// What a benchmark prints.
struct BenchReport {
    /// One figure of every phase, as the table shows it.
    struct Column: Sendable {
        var title: String
        var text: @Sendable (Figures) -> String
    }

    let title: String
    let parameters: [(name: String, value: String)]
    let phases: [(name: String, figures: Figures)]
    let columns: [Column]
    let targets: [Target]
    /// What a reader must know besides.
    let notes: [String]

    /// Prints a table, or one JSON document with every figure.
    func print(json: Bool) {
        BenchProgram.write(json ? document : table, to: STDOUT_FILENO)
    }

    private var document: String {
        var writer = JSONWriter(indentation: 2)
        writer.beginObject()
        writer.field("benchmark", title)
        writer.key("parameters")
        writer.beginObject()
        for (name, value) in parameters { writer.field(name, value) }
        writer.endObject()
        writer.key("phases")
        writer.beginObject()
        for (name, figures) in phases {
            writer.key(name)
            figures.write(to: &writer)
        }
        writer.endObject()
        writer.key("targets")
        writer.beginArray()
        for target in targets {
            writer.beginObject()
            writer.field("name", target.name)
            writer.field("value", target.value)
            writer.field("limit", target.limit)
            writer.field("met", target.isMet)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        writer.newline()
        return writer.text
    }

    private var table: String {
        var text = "\(title): \(parameters.map { "\($0.name) \($0.value)" }.joined(separator: ", "))\n\n"
        let rows =
            [[""] + columns.map(\.title)]
            + phases.map { phase in [phase.name] + columns.map { $0.text(phase.figures) } }
        let widths = (0...columns.count).map { column in rows.map { $0[column].count }.max() ?? 0 }
        for row in rows {
            for (column, cell) in row.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                text += column == 0 ? cell + padding : "  " + padding + cell
            }
            text += "\n"
        }
        text += "\n" + (notes + targets.map(\.text)).map { $0 + "\n" }.joined()
        return text
    }
}
