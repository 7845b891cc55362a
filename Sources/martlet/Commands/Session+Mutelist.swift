import MartletCore
import MartletEngine
import MartletFormats
import MartletPolicy
import MartletStore

extension Session {
    func applyMutelist() async throws -> ExitCode {
        let path = arguments.operands[0]
        let document = try YAMLReader.read(try InputFile.read(path), file: path)
        let mutelist = try Mutelist(document: document, file: path)
        let unmatched = try await withStore(create: true) { store in
            try await Administration(store: store).applyMutelist(mutelist.rules)
        }
        for note in mutelist.notes { log.info("\(note.place): \(note.message)") }
        log.note(
            "\(Quantity.count(mutelist.rules.count, "rule")) of \(path) in force; "
                + "\(Quantity.count(unmatched.count, "rule")) match nothing")
        if mutelist.exactItems > 0, !unmatched.isEmpty {
            log.note("patterns are anchored: write *name* for what contains a name")
        }
        return try print(unmatched, Listing.unmatchedRules, single: false)
    }
}
