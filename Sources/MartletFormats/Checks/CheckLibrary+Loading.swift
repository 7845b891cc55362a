import MartletCore
import MartletPolicy

extension CheckLibrary {
    /// The shipped checks alone.
    public static func shipped() throws(MartletError) -> CheckLibrary {
        CheckLibrary(shipped: try CheckFiles.shipped())
    }

    /// The checks of a tenant.
    ///
    /// - Parameters:
    ///   - files: The stored files of each of its own checks, as ``CheckText/json(_:)`` makes them.
    ///   - parameters: The changed parameters by check, each a JSON object.
    /// - Throws: ``MartletError`` for what cannot be read; it names the check.
    public static func load(
        files: [String], parameters: [(check: String, changes: String)]
    ) throws(MartletError) -> CheckLibrary {
        var own: [CheckDefinition] = []
        for text in files {
            let set = CheckFiles(try CheckText.files(json: try JSONValue.parse(text)))
            if let error = set.errors.first { throw error }
            own += set.checks
        }
        var changed: [String: [String: JSONValue]] = [:]
        for (check, changes) in parameters {
            for member in try JSONValue.parse(changes).objectValue ?? [] {
                changed[check, default: [:]][member.key] = member.value
            }
        }
        return CheckLibrary(shipped: try CheckFiles.shipped(), own: own, parameters: changed)
    }
}
