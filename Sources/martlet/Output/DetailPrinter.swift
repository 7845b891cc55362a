/// Prints one thing as lines of name and value.
struct DetailPrinter {
    private var lines: [(name: String, value: String, style: Style)] = []

    mutating func add(_ name: String, _ value: String?, style: Style = .plain) {
        guard let value, !value.isEmpty else { return }
        lines.append((name, value, style))
    }

    func print(to output: OutputStream, terminal: Terminal) throws {
        let width = lines.map { DisplayText.width($0.name) }.max() ?? 0
        for line in lines {
            let name = DisplayText.pad(line.name, to: width)
            let value = DisplayText.safe(line.value)
            let styled = terminal.colors ? line.style.apply(value) : value
            try output.write((terminal.colors ? Style.bold.apply(name) : name) + "  " + styled + "\n")
        }
    }
}
