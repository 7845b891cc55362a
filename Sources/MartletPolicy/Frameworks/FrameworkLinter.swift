import MartletCore

/// Finds what is wrong or odd in a framework document of either form.
///
/// Errors are what ``Framework/load(bytes:fileName:)`` refuses, repeated JSON keys (one of the values is lost), and
/// attributes that contradict the document's own `attributes_metadata`. Warnings are unknown keys, missing texts,
/// repeated requirement ids (they are merged) and check ids (they count once), checks and providers that nothing knows,
/// and attributes of no known shape.
public enum FrameworkLinter {
    /// The check ids that exist for a provider; nil when that cannot be said.
    public typealias KnownCheckIDs = @Sendable (Provider) -> Set<String>?

    /// The issues of a document, in the order of the file as far as possible; empty when nothing is odd. At most 10,000
    /// are listed. Never throws: what cannot be read is an issue too.
    public static func lint(
        bytes: [UInt8], fileName: String,
        knownChecks: @escaping KnownCheckIDs = { KnownChecks.ids(for: $0) }
    ) -> [LintIssue] {
        let document: JSONValue
        do throws(MartletError) {
            document = try JSONValue.parse(bytes, limit: Framework.sizeLimit)
        } catch {
            return [LintIssue(severity: .error, file: fileName, pointer: "", message: error.description)]
        }
        var report = LintReport(file: fileName)
        lintRepeatedKeys(document, at: "", into: &report)
        if case .object = document {
            let form = Framework.form(of: document)
            var pass = FrameworkLintPass(
                form: form, keys: FrameworkKeys.keys(of: form), knownChecks: knownChecks, report: report)
            pass.lint(document)
            report = pass.report
        }
        addLoadError(document, fileName, to: &report)
        return report.issues
    }

    /// Whatever refuses to load must be an error here as well.
    private static func addLoadError(_ document: JSONValue, _ fileName: String, to report: inout LintReport) {
        do throws(MartletError) {
            _ = try Framework.load(document: document, fileName: fileName)
        } catch {
            let place = error.place ?? ""
            let pointer = place.hasPrefix(fileName + "#") ? String(place.dropFirst(fileName.count + 1)) : ""
            if !report.has(.error, at: pointer) { report.add(.error, pointer, error.message) }
        }
    }

    private static func lintRepeatedKeys(_ value: JSONValue, at pointer: String, into report: inout LintReport) {
        switch value {
        case .array(let elements):
            for (index, element) in elements.enumerated() where element.isContainer {
                lintRepeatedKeys(element, at: "\(pointer)/\(index)", into: &report)
            }
        case .object(let members):
            var seen = Set<String>(minimumCapacity: members.count)
            for member in members {
                if !seen.insert(member.key).inserted {
                    report.add(
                        .error, FrameworkFields.pointer(pointer, member.key), "the key is repeated; the first counts")
                }
                if member.value.isContainer {
                    lintRepeatedKeys(
                        member.value, at: FrameworkFields.pointer(pointer, member.key), into: &report)
                }
            }
        default: break
        }
    }
}

extension JSONValue {
    fileprivate var isContainer: Bool {
        switch self {
        case .array, .object: true
        default: false
        }
    }
}
