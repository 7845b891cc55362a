import MartletCore
import MartletFormats
import MartletPolicy

/// The framework documents that a benchmark uses.
struct FrameworkFiles {
    /// Every document with the path it was read from.
    let files: [(fileName: String, bytes: [UInt8])]

    /// Reads files, and every `.json` file of folders.
    init(paths: [String]) throws {
        files = try paths.flatMap(InputFile.jsonFiles).map { ($0, try InputFile.read($0)) }
        guard !files.isEmpty else { throw MartletError(.notFound, "there is no framework", place: "--frameworks") }
    }

    /// The documents, parsed.
    func load() throws -> [Framework] {
        try files.map { try Framework.load(bytes: $0.bytes, fileName: $0.fileName) }
    }

    /// The ids of all checks that the frameworks map for AWS, usable by a benchmark estate, sorted.
    func awsChecks() throws -> [String] {
        guard let aws = Provider(name: "aws") else { return [] }
        var checks: Set<String> = []
        for framework in try load() {
            for list in framework.checks(for: aws) { checks.formUnion(list) }
        }
        return checks.sorted()
    }
}
