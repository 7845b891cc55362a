import Foundation
import MartletCore
import MartletPolicy
import Testing

@Suite struct FrameworkLinterTests {
    @Test func cleanDocumentsHaveNoIssues() {
        #expect(FrameworkFixtures.lint(FrameworkFixtures.legacy) == [])
        #expect(FrameworkFixtures.lint(FrameworkFixtures.universal) == [])
    }

    @Test(
        arguments: [
            ("/Extra", "1", "/Extra", "no key \"Extra\""),
            ("/Requirements/0/Extra", "1", "/Requirements/0/Extra", "no key \"Extra\""),
            ("/Name", nil, "/Name", "missing"),
            ("/Description", nil, "/Description", "missing"),
            ("/Provider", "\"moon\"", "/Provider", "no provider \"moon\""),
            ("/Requirements", "[]", "/Requirements", "no requirement"),
            ("/Requirements/1/Checks", nil, "/Requirements/1/Checks", "missing"),
            ("/Requirements/1/Attributes", nil, "/Requirements/1/Attributes", "missing"),
            ("/Requirements/1/Description", nil, "/Requirements/1/Description", "missing"),
            ("/Requirements/1/Id", "\"1\"", "/Requirements/1/Id", "repeated; it is merged into /Requirements/0"),
            ("/Requirements/0/Checks", "[\"nonsense\"]", "/Requirements/0/Checks/0", "no check \"nonsense\""),
            (
                "/Requirements/1/Checks", "[\"apigateway_public\"]", "/Requirements/1/Checks/0",
                "now called apigateway_restapi_public"
            ),
            (
                "/Requirements/0/Checks/1", "\"iam_root_mfa_enabled\"", "/Requirements/0/Checks/1",
                "repeated; it counts once"
            ),
            (
                "/Requirements/0/Attributes/0/Sektion", "\"x\"", "/Requirements/0/Attributes/0",
                "nearest is generic: unknown key \"Sektion\""
            ),
            (
                "/Requirements/0/Attributes/0", #"{"Section":"S","CCMLite":"Yes","IaaS":"a","PaaS":"b","SaaS":1}"#,
                "/Requirements/0/Attributes/0",
                "nearest is CSA CCM: wrong type of \"SaaS\", missing key \"ScopeApplicability\""
            ),
            (
                "/Requirements/0/ConfigRequirements/0/Note", "1", "/Requirements/0/ConfigRequirements/0/Note",
                "no key \"Note\""
            ),
            (
                "/Requirements/0/ConfigRequirements/0/Check", "\"iam_avoid_root_usage\"",
                "/Requirements/0/ConfigRequirements/0/Check", "does not list"
            ),
            (
                "/Requirements/0/ConfigRequirements/0/Provider", "\"moon\"",
                "/Requirements/0/ConfigRequirements/0/Provider", "no provider \"moon\""
            ),
        ] as [(String, String?, String, String)])
    func legacyIssues(
        pointer: String, value: String?, place: String, message: String
    ) throws {
        let text = try FrameworkFixtures.changing(FrameworkFixtures.legacy, pointer, to: value)
        let issues = FrameworkFixtures.lint(text)
        #expect(
            issues.contains { $0.pointer == place && $0.message.contains(message) },
            "\(issues)")
        #expect(issues.allSatisfy { $0.file == "house_aws.json" && $0.severity == .warning })
        _ = try FrameworkFixtures.load(text)
    }

    @Test(
        arguments: [
            ("/requirements/1/attributes/Section", nil, "/requirements/1/attributes/Section", "required"),
            ("/requirements/1/attributes/Section", "\"C\"", "/requirements/1/attributes/Section", "among"),
            ("/requirements/1/attributes/Other", "1", "/requirements/1/attributes/Other", "does not describe"),
            ("/requirements/1/attributes/Level", "1.5", "/requirements/1/attributes/Level", "type int"),
            ("/requirements/1/attributes/Level", "\"1\"", "/requirements/1/attributes/Level", "type int"),
            ("/requirements/1/attributes/Share", "\"1\"", "/requirements/1/attributes/Share", "type float"),
            ("/requirements/1/attributes/Core", "1", "/requirements/1/attributes/Core", "type bool"),
            ("/requirements/1/attributes/Tags", "[1]", "/requirements/1/attributes/Tags", "type list_str"),
            ("/attributes_metadata", "{}", "/attributes_metadata", "expected an array"),
            ("/attributes_metadata/1/type", "\"text\"", "/attributes_metadata/1/type", "expected one of"),
            ("/attributes_metadata/1/key", "\"Section\"", "/attributes_metadata/1/key", "described twice"),
            ("/attributes_metadata/1/key", nil, "/attributes_metadata/1/key", "missing"),
            ("/attributes_metadata/0/enum", "1", "/attributes_metadata/0/enum", "array"),
            ("/attributes_metadata/0/required", "1", "/attributes_metadata/0/required", "true or false"),
        ] as [(String, String?, String, String)])
    func attributesAgainstTheirMetadata(pointer: String, value: String?, place: String, message: String) throws {
        let text = try FrameworkFixtures.changing(FrameworkFixtures.universal, pointer, to: value)
        let issues = FrameworkFixtures.lint(text, "many.json")
        #expect(
            issues.contains { $0.severity == .error && $0.pointer == place && $0.message.contains(message) },
            "\(issues)")
    }

    @Test func allValuesOfAMetadataTypeThatFitAreFine() throws {
        for (key, value) in [("Share", "1"), ("Level", "null"), ("Core", "false"), ("Tags", "[]")] {
            let text = try FrameworkFixtures.changing(
                FrameworkFixtures.universal, "/requirements/1/attributes/\(key)", to: value)
            #expect(FrameworkFixtures.lint(text) == [])
        }
    }

    @Test func unknownProvidersAndKeysOfTheUniversalForm() throws {
        let provider = try FrameworkFixtures.changing(
            FrameworkFixtures.universal, "/requirements/0/checks/moon", to: "[\"x\"]")
        #expect(
            FrameworkFixtures.lint(provider).map(\.description) == [
                "house_aws.json#/requirements/0/checks/moon: warning: there is no provider \"moon\""
            ])
        let key = try FrameworkFixtures.changing(FrameworkFixtures.universal, "/attributes_metadata/0/hue", to: "1")
        #expect(FrameworkFixtures.lint(key).map(\.pointer) == ["/attributes_metadata/0/hue"])
    }

    @Test func repeatedJSONKeysAreErrors() {
        let text = FrameworkFixtures.legacy.replacing("\"Id\": \"2\",", with: "\"Id\": \"2\", \"Id\": \"3\",")
        let issues = FrameworkFixtures.lint(text)
        #expect(issues.map(\.pointer) == ["/Requirements/1/Id"])
        #expect(issues.map(\.severity) == [.error])
    }

    @Test func whatIsNotJSONIsOneError() {
        let issues = FrameworkFixtures.lint("{\n\"a\":")
        #expect(issues.count == 1)
        #expect(issues.first?.severity == .error)
        #expect(issues.first?.message.contains("line 2") ?? false)
    }

    @Test func theSameOddityIsReportedOnceWithACount() throws {
        let requirements = (0..<50).map { #"{"Id":"\#($0)","Description":"d","Attributes":[],"Checks":[],"Odd":1}"# }
        let text = try FrameworkFixtures.changing(
            FrameworkFixtures.legacy, "/Requirements", to: "[\(requirements.joined(separator: ","))]")
        let issues = FrameworkFixtures.lint(text)
        #expect(issues.count == 1)
        #expect(issues.first?.pointer == "/Requirements/0/Odd")
        #expect(issues.first?.message.hasSuffix("(and at 49 more places)") ?? false)
    }

    @Test func theReportIsBounded() throws {
        let checks = (0..<12_000).map { "\"nonsense_\($0)\"" }.joined(separator: ",")
        let text = try FrameworkFixtures.changing(
            FrameworkFixtures.legacy, "/Requirements/1/Checks", to: "[\(checks)]")
        let issues = FrameworkFixtures.lint(text)
        #expect(issues.count == 10_001)
        #expect(issues.last?.message == "2000 more issues are not listed")
    }

    @Test func theCallerSaysWhichChecksExist() {
        let issues = FrameworkLinter.lint(bytes: Array(FrameworkFixtures.legacy.utf8), fileName: "f.json") { _ in
            ["iam_root_mfa_enabled"]
        }
        #expect(issues.map(\.pointer) == ["/Requirements/0/Checks/1"])
        #expect(
            FrameworkLinter.lint(bytes: Array(FrameworkFixtures.legacy.utf8), fileName: "f.json") { _ in nil } == [])
    }
}
