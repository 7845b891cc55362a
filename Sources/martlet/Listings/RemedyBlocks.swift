import MartletCore
import MartletPolicy

/// Prints remedies for a person: a block for each, so that no command is cut.
final class RemedyBlocks: RemedyPrinter {
    private let terminal: Terminal
    private let output = OutputStream()
    private var count = 0

    init(terminal: Terminal) { self.terminal = terminal }

    func add(_ row: RemedyView) throws {
        if count > 0 { try output.write("\n") }
        count += 1
        var details = DetailPrinter()
        let finding = row.finding
        details.add("Check", finding.check.check, style: .bold)
        details.add("Severity", finding.severity.name, style: .severity(finding.severity))
        details.add("Account", finding.account.description)
        details.add("Resource", CellText.resource(finding.resource))
        if finding.resource.uid != finding.resource.name { details.add("Uid", finding.resource.uid) }
        details.add("To do", row.remedy.text)
        details.add(row.remedy.isFilled ? "Command" : "Template", row.remedy.command, style: .bold)
        details.add("To replace", row.remedy.placeholders.joined(separator: ", "))
        details.add("No command", row.remedy.withheld)
        try details.print(to: output, terminal: terminal)
    }

    func finish() throws {
        if count == 0 { try output.write("nothing to put right\n") }
        try output.flush()
    }
}
