extension FindingRow {
    /// Whether both say the same of the finding: status, severity, mute and detail.
    func says(theSameAs other: FindingRow) -> Bool {
        status == other.status && severity == other.severity && muted == other.muted && detail == other.detail
    }
}
