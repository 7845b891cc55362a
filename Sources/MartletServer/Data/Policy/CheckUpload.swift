import MartletCore
import MartletFormats
import MartletPolicy

/// The files of one check as a request has them, looked at like those of `martlet checks add`.
struct CheckUpload {
    /// Examples that one request may have run; a check needs a handful, the largest shipped ones some dozens.
    private static let exampleLimit = 200
    /// Errors that one answer tells.
    private static let errorLimit = 20

    /// The check, and its files as the store keeps them.
    let row: (id: String, files: String)

    /// Throws ``APIErrors`` (422) with file and line of all that is wrong.
    init(_ input: ResourceInput) throws {
        let texts = (input.attributes["files"]?.arrayValue ?? []).map { file in
            CheckText(path: file["name"]?.stringValue ?? "", text: file["content"]?.stringValue ?? "")
        }
        try Self.checkNames(texts)
        let read = CheckFiles(texts)
        guard read.errors.isEmpty else {
            throw Self.refusal(
                read.errors.map { .init(severity: .error, place: $0.place ?? "", message: $0.message) }, texts)
        }
        guard read.checks.count == 1, let check = read.checks.first else {
            throw APIError.impossible(
                "These are the files of \(read.checks.count) checks; one is expected.", pointer: Self.pointer())
        }
        // They run before anything is known of them, on a thread that others need.
        guard check.examples.count <= Self.exampleLimit else {
            throw APIError.impossible(
                "A check has at most \(Self.exampleLimit) examples here.", pointer: Self.pointer())
        }
        let submission = try CheckSubmission(texts)
        guard submission.errors.isEmpty, let row = submission.rows.first else {
            throw Self.refusal(submission.errors, texts)
        }
        self.row = row
    }

    /// Names become places in errors and stand in other people's file systems, so they are plain.
    private static func checkNames(_ files: [CheckText]) throws {
        guard !files.isEmpty else { throw APIError.impossible("At least one file is needed.", pointer: pointer()) }
        var seen: Set<String> = []
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/".utf8)
        for (index, file) in files.enumerated() {
            let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
            guard file.path.hasSuffix(".yaml") || file.path.hasSuffix(".yml"),
                file.path.utf8.allSatisfy(allowed.contains),
                parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") })
            else {
                throw APIError.impossible(
                    "A name is a relative path of letters, digits and ._- that ends with .yaml or .yml.",
                    pointer: pointer(index, "name"))
            }
            guard seen.insert(file.path).inserted else {
                throw APIError.impossible("There is a file of this name already.", pointer: pointer(index, "name"))
            }
        }
    }

    private static func pointer(_ index: Int? = nil, _ member: String = "content") -> String {
        ResourceInput.pointer("files") + (index.map { "/\($0)/\(member)" } ?? "")
    }

    /// One error for each issue, at the file that it is about.
    private static func refusal(_ issues: [CheckLinter.Issue], _ files: [CheckText]) -> any Error {
        let errors = issues.prefix(errorLimit).map { issue -> APIError in
            // Names have no colons.
            let parts = issue.place.split(separator: ":")
            let file = parts.first.map(String.init) ?? ""
            var error = APIError.impossible(
                issue.place.isEmpty ? issue.message : "\(issue.place): \(issue.message)",
                pointer: pointer(files.firstIndex { $0.path == file }))
            if !file.isEmpty { error.meta.append(.init("file", .string(file))) }
            for (name, part) in zip(["line", "column"], parts.dropFirst()) {
                if let number = Int64(part) { error.meta.append(.init(name, .int(number))) }
            }
            return error
        }
        if let all = APIErrors(errors) { return all }
        return APIError.impossible("The check cannot be read.", pointer: pointer())
    }
}
