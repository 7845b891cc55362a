import MartletCore

/// What a call answered.
struct AzureAnswer: Sendable {
    /// The body.
    var document: JSONValue
    /// What Azure DevOps wants to be given for the next page; it stands in a header, where others have a link.
    var continuation: String?

    /// Nothing of what was asked for, where an error says that there is none.
    static let nothing = AzureAnswer(document: .object([.init("value", .array([]))]))
}
