import MartletCore

/// A check as its file says it: texts, data it needs, conditions in CEL, parameters, and the examples that prove it.
///
/// `docs/checks.md` describes the file. Nothing is parsed as CEL yet; see ``CompiledCheck``.
public struct CheckDefinition: Sendable, Hashable {
    /// The id in Prowler's vocabulary: lower-case letters, digits, `_` and `-`.
    public var id: String
    /// Whose resources it looks at.
    public var provider: Provider
    /// The cloud service, for example `storage`.
    public var service: String
    /// What is so where the check passes, one line.
    public var title: String
    /// How bad a FAIL is, unless a condition says otherwise.
    public var severity: Severity
    /// Words for grouping, for example `encryption`.
    public var categories: [String] = []
    /// Other ids of the same check, for example OpenShield's `AZ-STOR-002`.
    public var aliases: [String] = []
    /// The provider's name for the type of resource, for example `Microsoft.Storage/storageAccounts`.
    public var resourceType: String
    /// What is looked at and what counts as good.
    public var description: String
    /// What may happen where it fails.
    public var risk: String
    /// How to put it right.
    public var remediation: CheckRemediation
    /// Addresses of further reading.
    public var references: [String] = []
    /// What else there is to know, such as what differs from other tools; may be empty.
    public var notes = ""

    /// The collector whose items the check looks at, one by one.
    public var resource: String
    /// Children of the collector that the expressions use.
    public var needs: [String] = []
    /// Other collectors that the expressions use as a whole.
    public var data: [CheckData] = []
    /// What a tenant may change.
    public var parameters: [CheckParameter] = []

    /// True for resources the check applies to; nil means all.
    public var when: CheckExpression?
    /// Set when the check speaks of the elements of a list.
    public var each: CheckEach?
    /// Names for values, in order; each may use those before it.
    public var bindings: [CheckBinding] = []
    /// True where the check passes; nil when `fail` decides.
    public var pass: CheckExpression?
    /// What makes it fail; tried in order.
    public var fail: [CheckCondition] = []
    /// What only a person can decide; tried after `fail`.
    public var manual: [CheckCondition] = []
    /// What a PASS says; nil takes the title.
    public var passMessage: CheckTemplate?
    /// What a FAIL says whose condition has no message; nil takes a fixed sentence with the title.
    public var failMessage: CheckTemplate?
    /// What findings say of their resource.
    public var report = CheckReport()

    /// Inputs with the verdict they must get.
    public var examples: [CheckExample] = []
    /// The file it was read from, as errors name it.
    public var file = ""

    /// Makes a check that has only what every check must have.
    public init(
        id: String, provider: Provider, service: String, title: String, severity: Severity, resourceType: String,
        description: String, risk: String, remediation: CheckRemediation, resource: String
    ) {
        self.id = id
        self.provider = provider
        self.service = service
        self.title = title
        self.severity = severity
        self.resourceType = resourceType
        self.description = description
        self.risk = risk
        self.remediation = remediation
        self.resource = resource
    }
}
