import MartletCore
import MartletData
import MartletPolicy

/// Checks read from their files, and what was wrong with the others.
public struct CheckFiles: Sendable {
    /// The checks, in the order of their files.
    public private(set) var checks: [CheckDefinition] = []
    /// One error for each file that could not be used, with its place.
    public private(set) var errors: [MartletError] = []

    /// What one file may cost: no check needs more than a few kilobytes, examples from the wire a few hundred.
    public static let limits = YAMLLimits(bytes: 2 << 20, depth: 64, nodes: 200_000, expandedBytes: 8 << 20)

    /// Reads files. `<id>/check.yaml` takes the other files of its folder as examples, in the order of their names.
    public init(_ files: [CheckText]) {
        let folders = Set(files.filter { Self.name($0.path) == "check.yaml" }.map { Self.folder($0.path) })
        var seen: [String: String] = [:]
        for file in files where !folders.contains(Self.folder(file.path)) || Self.name(file.path) == "check.yaml" {
            do throws(MartletError) {
                let isFolder = Self.name(file.path) == "check.yaml"
                let stem = isFolder ? Self.name(Self.folder(file.path)) : Self.stem(Self.name(file.path))
                var check = try CheckDefinition(document: Self.document(file), file: file.path)
                guard check.id == stem else {
                    throw MartletError(
                        .invalidInput,
                        "the check is called '\(check.id)' and its \(isFolder ? "folder" : "file") '\(stem)'; give both one name",
                        place: file.path)
                }
                if let other = seen[check.id] {
                    throw MartletError(.invalidInput, "\(other) has a check of the same id", place: file.path)
                }
                if isFolder {
                    let beside = files.filter { Self.folder($0.path) == Self.folder(file.path) && $0 != file }
                    for example in beside.sorted(by: { $0.path < $1.path }) {
                        try check.add(example: Self.document(example), file: example.path)
                    }
                }
                seen[check.id] = file.path
                checks.append(check)
            } catch {
                errors.append(error)
            }
        }
    }

    /// The checks that are compiled into the program. Throws the first error; the build's tests see to it that there is none.
    ///
    /// They are read once in the life of the program: a server asks for them with every remediation.
    public static func shipped() throws(MartletError) -> [CheckDefinition] { try compiledIn.get() }

    private static let compiledIn: Result<[CheckDefinition], MartletError> = {
        let files = CheckFiles(MartletData.checks().map { CheckText(path: "Checks/" + $0.path, text: $0.text) })
        return files.errors.first.map { .failure($0) } ?? .success(files.checks)
    }()

    /// The files among some that make up a check: its own, and the examples beside it where it is a folder.
    public static func files(of check: CheckDefinition, in files: [CheckText]) -> [CheckText] {
        guard name(check.file) == "check.yaml" else { return files.filter { $0.path == check.file } }
        return files.filter { folder($0.path) == folder(check.file) }
    }

    private static func document(_ file: CheckText) throws(MartletError) -> MarkedNode {
        do { return try YAMLReader.read(text: file.text, file: file.path, limits: limits) } catch {
            throw error as? MartletError ?? MartletError(.invalidInput, "\(error)", place: file.path)
        }
    }

    private static func name(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }

    private static func folder(_ path: String) -> String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "" }

    private static func stem(_ name: String) -> String { name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name }
}
