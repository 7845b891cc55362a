import MartletCore
import MartletPolicy

/// Small documents of both forms, and helpers to load and change them.
enum FrameworkFixtures {
    static let legacy = """
        {
          "Framework": "House", "Name": "House rules", "Version": "2", "Provider": "AWS", "Description": "Ours.",
          "Requirements": [
            {"Id": "1", "Name": "Locks", "Description": "Lock the doors.",
             "Attributes": [{"ItemId": "1", "Section": "Doors", "Service": "iam"}],
             "Checks": ["iam_root_mfa_enabled", "iam_no_root_access_key"],
             "ConfigRequirements": [
               {"Check": "iam_root_mfa_enabled", "ConfigKey": "days", "Operator": "lte", "Value": 45}]},
            {"Id": "2", "Description": "Ask the neighbours.", "Attributes": [], "Checks": []}
          ]
        }
        """

    static let universal = """
        {
          "framework": "Many", "name": "Many clouds", "version": "1.0", "description": "For several.", "icon": "m",
          "attributes_metadata": [
            {"key": "Section", "label": "Section", "type": "str", "required": true, "enum": ["A", "B"]},
            {"key": "Level", "type": "int"}, {"key": "Share", "type": "float"}, {"key": "Core", "type": "bool"},
            {"key": "Tags", "type": "list_str"}],
          "outputs": {"table_config": {"group_by": "Section"}},
          "requirements": [
            {"id": "M1", "name": "First", "description": "One.",
             "attributes": {"Section": "A", "Level": 2, "Share": 0.5, "Core": true, "Tags": ["x"]},
             "checks": {"aws": ["iam_root_mfa_enabled"], "Azure": ["entra_security_defaults_enabled"], "gcp": []},
             "config_requirements": [
               {"Check": "iam_root_mfa_enabled", "ConfigKey": "k", "Operator": "eq", "Value": true, "Provider": "AWS"}],
             "tactics": ["Impact"], "sub_techniques": ["T1"], "platforms": ["IaaS"], "technique_url": "https://x.test"},
            {"id": "M2", "description": "Two.", "attributes": {"Section": "B"}, "checks": {}}
          ]
        }
        """

    static func load(_ text: String, _ file: String = "house_aws.json") throws -> Framework {
        try Framework.load(bytes: Array(text.utf8), fileName: file)
    }

    static func lint(_ text: String, _ file: String = "house_aws.json") -> [LintIssue] {
        FrameworkLinter.lint(bytes: Array(text.utf8), fileName: file)
    }

    /// The document with the value at a pointer replaced, or removed where `value` is nil.
    static func changing(_ text: String, _ pointer: String, to value: String?) throws -> String {
        let tokens = JSONPointer(pointer)?.tokens ?? []
        let replacement = try value.map { try JSONValue.parse($0) }
        return change(try JSONValue.parse(text), tokens[...], replacement)?.text ?? ""
    }

    private static func change(
        _ value: JSONValue, _ tokens: ArraySlice<String>, _ replacement: JSONValue?
    ) -> JSONValue? {
        guard let token = tokens.first else { return replacement }
        switch value {
        case .object(let members):
            var members = members
            if let index = members.firstIndex(where: { $0.key == token }) {
                if let new = change(members[index].value, tokens.dropFirst(), replacement) {
                    members[index].value = new
                } else {
                    members.remove(at: index)
                }
            } else if let replacement {
                members.append(JSONValue.Member(token, replacement))
            }
            return .object(members)
        case .array(let elements):
            return .array(
                elements.enumerated().compactMap { index, element in
                    String(index) == token ? change(element, tokens.dropFirst(), replacement) : element
                })
        default: return value
        }
    }
}
