/// Why checks could not be evaluated: a call that failed, or something the scan was not given. Many checks share one.
public struct CoverageGap: Sendable, Hashable, Comparable {
    /// The call that failed, for a person; empty where no call is to blame.
    public var call: String
    /// What the scanner's identity lacks, in the provider's words; empty unless access was denied.
    public var permission: String
    /// What happened, one or two sentences; no secrets.
    public var message: String

    /// Makes a gap.
    public init(call: String = "", permission: String = "", message: String) {
        self.call = call
        self.permission = permission
        self.message = message
    }

    /// By call, permission, message.
    public static func < (left: CoverageGap, right: CoverageGap) -> Bool {
        (left.call, left.permission, left.message) < (right.call, right.permission, right.message)
    }
}
