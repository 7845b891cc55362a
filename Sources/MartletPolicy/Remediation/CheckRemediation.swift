/// How to put right what a check found.
public struct CheckRemediation: Sendable, Hashable {
    /// What to do, in words.
    public var text: String
    /// A command line; `{{ … }}` stands for what the finding's resource says (`resource.id`, `resource.name`,
    /// `resource.group`, `resource.region`, `account.id`). Nil when there is none.
    public var cli: CheckTemplate?
    /// Terraform that is right; empty when there is none.
    public var terraform: String

    /// Makes it from its parts.
    public init(text: String, cli: CheckTemplate? = nil, terraform: String = "") {
        self.text = text
        self.cli = cli
        self.terraform = terraform
    }
}
