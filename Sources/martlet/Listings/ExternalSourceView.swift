import MartletCore
import MartletEngine
import MartletStore

/// An external source with when it was added and changed.
struct ExternalSourceView {
    let source: ExternalSource
    let createdAt: Timestamp
    let updatedAt: Timestamp

    /// Reads the definition; throws for one of a newer program.
    init(_ row: ExternalSourceRow) throws {
        do { source = try ExternalSource(json: try JSONValue.parse(row.definition)) } catch let error as MartletError {
            throw MartletError(
                error.code, "the source '\(row.name)' cannot be read by this program: \(error)", place: row.name)
        }
        createdAt = row.createdAt
        updatedAt = row.updatedAt
    }

    /// For a person.
    var details: DetailPrinter {
        var details = DetailPrinter()
        details.add("Source", source.name, style: .bold)
        details.add("Command", source.command.json.text)
        details.add("Output", source.output.description)
        details.add("Exit codes", (["0"] + source.findingsExitCodes.sorted().map(String.init)).joined(separator: ", "))
        details.add("Timeout", "\(source.timeout) s")
        details.add("Output limit", Quantity.bytes(Int(source.outputLimit)))
        details.add("Disk limit", Quantity.bytes(Int(source.diskLimit)))
        details.add("Memory limit", source.memoryLimit.map { Quantity.bytes(Int($0)) })
        for (name, value) in source.environment.sorted(by: { $0.key < $1.key }) {
            details.add("Environment", "\(name)=\(value)")
        }
        for secret in source.secrets { details.add("Secret", secret.description) }
        details.add("Created at", createdAt.rfc3339)
        details.add("Updated at", updatedAt.rfc3339)
        return details
    }
}
