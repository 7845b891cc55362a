import Foundation
import MartletCore
import MartletData
import MartletFormats
import MartletPolicy
import Testing

/// The build fails for a shipped check that cannot be read, lacks a good or bad example, or does not do what its
/// examples say.
@Suite("Shipped checks")
struct ShippedCheckTests {
    @Test("Every file is a check, called after its file, in the folder of its provider and service")
    func canBeRead() throws {
        let files = CheckFiles(MartletData.checks().map { CheckText(path: $0.path, text: $0.text) })
        #expect(files.errors.isEmpty, "\(files.errors)")
        for check in files.checks {
            #expect(check.file.hasPrefix("\(check.provider.name)/\(check.service)/\(check.id)"), "\(check.file)")
        }
    }

    @Test("Every check has a good and a bad example, and all examples get their verdicts")
    func doWhatTheySay() throws {
        let linter = CheckLinter()
        let errors = try CheckFiles.shipped().flatMap { linter.issues(of: $0) }.filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(errors.map { "\($0.place): \($0.message)" }.joined(separator: "\n"))")
    }

    @Test("An alias leads to one check")
    func aliasesAreUnique() throws {
        let aliases = try CheckFiles.shipped().flatMap(\.aliases)
        #expect(Set(aliases).count == aliases.count)
        #expect(aliases.count { $0.hasPrefix("AZ-") } == 66)
    }

    @Test("Every collector that a check names exists and has the children it needs")
    func collectorsExist() throws {
        var children: [String: Set<String>] = [:]
        for file in MartletData.collectors() {
            let list = try YAMLReader.read(text: file.text, file: file.path).json(file: file.path)
            for entry in list.arrayValue ?? [] {
                let id = try #require(entry["id"]?.stringValue)
                children[id] = Set(entry["children"]?.objectValue?.map(\.key) ?? [])
            }
        }
        for check in try CheckFiles.shipped() {
            let known = children[check.resource]
            #expect(known != nil, "\(check.id): \(check.resource)")
            #expect(Set(check.needs).isSubset(of: known ?? []), "\(check.id): \(check.needs)")
            for data in check.data { #expect(children[data.collector] != nil, "\(check.id): \(data.collector)") }
        }
    }
}
