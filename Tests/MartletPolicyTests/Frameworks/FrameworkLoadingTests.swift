import MartletCore
import MartletPolicy
import Testing

@Suite struct FrameworkLoadingTests {
    private let aws = Provider(name: "aws")
    private let azure = Provider(name: "azure")

    @Test func legacyForm() throws {
        let framework = try FrameworkFixtures.load(FrameworkFixtures.legacy, "dir/house_2_aws.json")
        let aws = try #require(aws)
        #expect(framework.id == "house_2_aws")
        #expect(framework.form == .legacy)
        #expect(framework.name == "House")
        #expect(framework.title == "House rules")
        #expect(framework.version == "2")
        #expect(framework.description == "Ours.")
        #expect(framework.providers == ["aws"])
        #expect(framework.covers(aws))
        #expect(framework.requirements.map(\.id) == ["1", "2"])
        #expect(framework.checks(for: aws) == [["iam_root_mfa_enabled", "iam_no_root_access_key"], []])
        let first = framework.requirements[0]
        #expect(first.name == "Locks")
        #expect(first.section == "Doors")
        #expect(first.pointer == "/Requirements/0")
        #expect(first.attributes.map(\.text) == [#"{"ItemId":"1","Section":"Doors","Service":"iam"}"#])
        #expect(
            first.configConstraints == [
                ConfigConstraint(check: "iam_root_mfa_enabled", key: "days", operation: .atMost, value: .int(45))
            ])
        #expect(!framework.isThreatScore)
    }

    @Test func universalForm() throws {
        let framework = try FrameworkFixtures.load(FrameworkFixtures.universal, "many.json")
        let aws = try #require(aws)
        let azure = try #require(azure)
        #expect(framework.id == "many")
        #expect(framework.form == .universal)
        #expect(framework.providers == ["aws", "azure"], "gcp has no check")
        #expect(framework.checks(for: azure) == [["entra_security_defaults_enabled"], []])
        #expect(framework.attributesMetadata?.arrayValue?.count == 5)
        #expect(framework.outputs?["table_config"]?["group_by"]?.stringValue == "Section")
        let first = framework.requirements[0]
        #expect(first.attributes.count == 1)
        #expect(first.tactics == ["Impact"])
        #expect(first.subTechniques == ["T1"])
        #expect(first.platforms == ["IaaS"])
        #expect(first.techniqueURL == "https://x.test")
        #expect(first.configConstraints[0].provider == "aws")
        #expect(first.configConstraints[0].applies(to: aws))
        #expect(!first.configConstraints[0].applies(to: azure))
    }

    @Test func aProviderIsOfTheFrameworkEvenWithoutChecks() throws {
        let text = try FrameworkFixtures.changing(FrameworkFixtures.legacy, "/Requirements/0/Checks", to: "[]")
        #expect(try FrameworkFixtures.load(text).providers == ["aws"])
        let declared = try FrameworkFixtures.changing(FrameworkFixtures.universal, "/provider", to: "\"GCP\"")
        #expect(try FrameworkFixtures.load(declared).providers == ["aws", "azure", "gcp"])
    }

    @Test func sourceIsTheWholeDocument() throws {
        let odd = try FrameworkFixtures.changing(FrameworkFixtures.legacy, "/Unknown", to: #"{"b":1,"a":2}"#)
        let framework = try FrameworkFixtures.load(odd)
        #expect(framework.source.canonicalText.contains(#""Unknown":{"a":2,"b":1}"#))
        let again = try FrameworkFixtures.load(framework.source.canonicalText)
        #expect(again.source == framework.source)
        #expect(again.requirements.map(\.checks) == framework.requirements.map(\.checks))
        #expect(
            framework.source.contentHash != (try FrameworkFixtures.load(FrameworkFixtures.legacy)).source.contentHash)
    }

    @Test func requirementsWithOneIdAreMerged() throws {
        let text = """
            {"Framework": "F", "Provider": "aws", "Requirements": [
              {"Id": "a", "Description": "first", "Attributes": [{"Section": "1"}], "Checks": ["x", "y", "x"],
               "ConfigRequirements": [{"Check": "x", "ConfigKey": "k", "Operator": "gte", "Value": 1}]},
              {"Id": "b", "Checks": ["z"]},
              {"Id": "a", "Description": "second", "Attributes": [{"Section": "2"}], "Checks": ["y", "w"],
               "ConfigRequirements": [{"Check": "x", "ConfigKey": "k", "Operator": "gte", "Value": 1},
                                      {"Check": "w", "ConfigKey": "k", "Operator": "gte", "Value": 1}]}]}
            """
        let framework = try FrameworkFixtures.load(text)
        #expect(framework.requirements.map(\.id) == ["a", "b"])
        let merged = framework.requirements[0]
        #expect(merged.description == "first")
        #expect(merged.checks == ["aws": ["x", "y", "w"]])
        #expect(merged.attributes.map(\.text) == [#"{"Section":"1"}"#, #"{"Section":"2"}"#])
        #expect(merged.configConstraints.map(\.check) == ["x", "w"])
        #expect(merged.section == "1")
        #expect(merged.pointer == "/Requirements/0")
    }

    @Test(
        arguments: [
            ("", "[]", "", "expected an object, found an array"),
            ("/Framework", nil, "/Framework", "missing"),
            ("/Framework", "\"\"", "/Framework", "an empty string"),
            ("/Framework", "7", "/Framework", "a number"),
            ("/Name", "7", "/Name", "expected a string"),
            ("/Version", "2.0", "/Version", "expected a string, found a number"),
            ("/Description", "[]", "/Description", "expected a string"),
            ("/Provider", nil, "/Provider", "missing"),
            ("/Provider", "\"\"", "/Provider", "an empty string"),
            ("/Requirements", nil, "/Requirements", "missing"),
            ("/Requirements", "{}", "/Requirements", "expected an array, found an object"),
            ("/Requirements/1", "\"x\"", "/Requirements/1", "expected an object, found a string"),
            ("/Requirements/1/Id", nil, "/Requirements/1/Id", "missing"),
            ("/Requirements/1/Id", "\"\"", "/Requirements/1/Id", "not empty"),
            ("/Requirements/1/Id", "\"a\\u0000\"", "/Requirements/1/Id", "U+0000"),
            ("/Requirements/1/Id", "3", "/Requirements/1/Id", "a number"),
            ("/Requirements/0/Checks", "{}", "/Requirements/0/Checks", "array of check ids"),
            ("/Requirements/0/Checks/1", "null", "/Requirements/0/Checks/1", "null"),
            ("/Requirements/0/Checks/1", "\"\"", "/Requirements/0/Checks/1", "an empty string"),
            ("/Requirements/0/Attributes", "{}", "/Requirements/0/Attributes", "array of objects"),
            ("/Requirements/0/Attributes/0", "1", "/Requirements/0/Attributes/0", "expected an object"),
            ("/Requirements/0/Tactics", "[1]", "/Requirements/0/Tactics/0", "expected a string"),
            ("/Requirements/0/ConfigRequirements", "{}", "/Requirements/0/ConfigRequirements", "expected an array"),
            ("/Requirements/0/ConfigRequirements/0", "1", "/Requirements/0/ConfigRequirements/0", "expected an object"),
            (
                "/Requirements/0/ConfigRequirements/0/Operator", "\"lt\"",
                "/Requirements/0/ConfigRequirements/0/Operator", "lte, gte, eq, in, subset, superset"
            ),
            (
                "/Requirements/0/ConfigRequirements/0/Value", "\"45\"", "/Requirements/0/ConfigRequirements/0/Value",
                "expected a number, found a string"
            ),
            (
                "/Requirements/0/ConfigRequirements/0/Value", nil, "/Requirements/0/ConfigRequirements/0/Value",
                "missing"
            ),
            (
                "/Requirements/0/ConfigRequirements/0/ConfigKey", nil,
                "/Requirements/0/ConfigRequirements/0/ConfigKey", "missing"
            ),
            (
                "/Requirements/0/ConfigRequirements/0/Check", "\"\"", "/Requirements/0/ConfigRequirements/0/Check",
                "not empty"
            ),
        ] as [(String, String?, String, String)])
    func impossibleValues(pointer: String, value: String?, place: String, message: String) throws {
        let text = try FrameworkFixtures.changing(FrameworkFixtures.legacy, pointer, to: value)
        let error = #expect(throws: MartletError.self) { try FrameworkFixtures.load(text, "f.json") }
        #expect(error?.code == .invalidInput)
        #expect(error?.place == "f.json#\(place)")
        #expect(error?.message.contains(message) ?? false, "\(error?.message ?? "")")
        let issues = FrameworkFixtures.lint(text, "f.json").filter { $0.severity == .error }
        #expect(issues.contains { $0.pointer == place }, "\(issues)")
    }

    @Test(arguments: [
        ("/requirements/0/checks", "[]", "/requirements/0/checks"),
        ("/requirements/0/checks/aws", "\"x\"", "/requirements/0/checks/aws"),
        ("/requirements/0/checks/a~1b", "[1]", "/requirements/0/checks/a~1b/0"),
        ("/requirements/0/checks/", "[]", "/requirements/0/checks/"),
        ("/requirements/0/attributes", "[]", "/requirements/0/attributes"),
        ("/framework", "null", "/framework"),
        ("/provider", "1", "/provider"),
    ])
    func impossibleValuesOfTheUniversalForm(pointer: String, value: String, place: String) throws {
        let text = try FrameworkFixtures.changing(FrameworkFixtures.universal, pointer, to: value)
        let error = #expect(throws: MartletError.self) { try FrameworkFixtures.load(text, "f.json") }
        #expect(error?.place == "f.json#\(place)")
    }

    @Test func nullIsTheSameAsMissing() throws {
        for key in ["/Name", "/Version", "/Description", "/Requirements/1/Checks", "/Requirements/1/Attributes"] {
            _ = try FrameworkFixtures.load(FrameworkFixtures.changing(FrameworkFixtures.legacy, key, to: "null"))
        }
        let text = try FrameworkFixtures.changing(FrameworkFixtures.legacy, "/Name", to: nil)
        #expect(try FrameworkFixtures.load(text).title == "House")
    }

    @Test func filesNeedAName() {
        for name in ["", ".json", "dir/.json", "/"] {
            #expect(throws: MartletError.self, "\(name)") { try FrameworkFixtures.load(FrameworkFixtures.legacy, name) }
        }
        #expect(Framework.id(ofFile: "a/b/cis_2.0_aws.json") == "cis_2.0_aws")
        #expect(Framework.id(ofFile: "plain") == "plain")
    }
}
