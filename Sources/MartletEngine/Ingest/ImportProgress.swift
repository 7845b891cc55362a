/// How far an import has come.
public struct ImportProgress: Sendable, Hashable {
    /// Findings written so far.
    public var findings: Int
    /// Bytes of the file as stored that have been read.
    public var bytesRead: Int
    /// The source has been read; the posture is being computed and published.
    public var publishing: Bool

    /// Makes a report of the totals so far.
    public init(findings: Int, bytesRead: Int, publishing: Bool = false) {
        self.findings = findings
        self.bytesRead = bytesRead
        self.publishing = publishing
    }
}
