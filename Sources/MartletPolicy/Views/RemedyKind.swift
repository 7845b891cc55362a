import MartletCore

/// How a remediation is given, from what is least work.
public enum RemedyKind: Int, Sendable, Hashable, CaseIterable, Comparable {
    /// A command line.
    case command = 1
    /// Code for infrastructure: Terraform or the provider's own.
    case code = 2
    /// Sentences, or nothing.
    case words = 3

    /// The name in output: `command`, `code`, `words`.
    public var name: String {
        switch self {
        case .command: "command"
        case .code: "code"
        case .words: "words"
        }
    }

    /// Reads it out of the document of a check's text.
    public init(document: JSONValue) {
        let code = document["remediation"]?["code"]
        func has(_ key: String) -> Bool { code?[key]?.stringValue?.isEmpty == false }
        self = has("cli") ? .command : has("terraform") || has("native_iac") ? .code : .words
    }

    /// Less work comes first.
    public static func < (left: RemedyKind, right: RemedyKind) -> Bool { left.rawValue < right.rawValue }
}
