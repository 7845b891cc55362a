import MartletCore
import MartletFormats
import MartletPolicy

/// A small check whose parts a test replaces.
enum CheckTexts {
    static let head = """
        id: my_check
        provider: azure
        service: storage
        title: All is well
        severity: high
        resource-type: X/y
        description: What is looked at.
        risk: What may happen.
        remediation: {text: What to do.}
        resource: azure.storage.account

        """

    /// The head, with what follows it.
    static func text(_ rest: String) -> String { head + rest }

    static func read(_ rest: String) throws -> CheckDefinition {
        try CheckDefinition(document: YAMLReader.read(text: text(rest), file: "my.yaml"), file: "my.yaml")
    }
}
