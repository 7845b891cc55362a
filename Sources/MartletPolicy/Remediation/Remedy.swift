import MartletCore

/// How to put right one finding: shown, never run.
public struct Remedy: Sendable, Hashable {
    /// Where the words and the command come from.
    public enum Origin: String, Sendable, Hashable, CaseIterable {
        /// A check of Martlet or of the tenant; the command is filled in.
        case check
        /// The scanner whose finding it is; its command is given as it came, for somebody to fill in.
        case source
    }

    /// Where it comes from.
    public var origin: Origin
    /// What to do, in words; may be empty.
    public var text: String
    /// A command line; nil where there is none.
    public var command: String?
    /// The resource's own names stand in the command.
    public var isFilled: Bool
    /// Words in the command that stand for something only its reader knows, such as `WORKSPACE_ID`; sorted.
    public var placeholders: [String]
    /// Why there is no command although the check has one.
    public var withheld: String?
    /// Terraform, or other code for infrastructure, that is right; may be empty.
    public var code: String
    /// Further reading.
    public var references: [String]

    /// The remedy by a check for a resource. A command that cannot be made safely is withheld, with the reason.
    public init(
        _ check: CheckDefinition, id: String, name: String, region: String, account: String
    ) {
        origin = .check
        text = check.remediation.text
        code = check.remediation.terraform
        references = check.references
        isFilled = false
        placeholders = []
        do throws(MartletError) {
            command = try check.remediation.command(id: id, name: name, region: region, account: account)
            isFilled = command != nil
            placeholders = check.remediation.cli.map(Placeholder.words) ?? []
        } catch {
            withheld = error.message
        }
    }

    /// What a source says of its check: the document of the check's text.
    public init(document: JSONValue) {
        let remediation = document["remediation"]
        func code(_ key: String) -> String? {
            remediation?["code"]?[key]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
        }
        origin = .source
        text = remediation?["desc"]?.stringValue ?? ""
        command = code("cli")
        isFilled = false
        placeholders = []
        self.code = code("terraform") ?? code("native_iac") ?? ""
        references = remediation?["references"]?.arrayValue?.compactMap(\.stringValue) ?? []
    }
}
