/// What a file of findings is taken to have covered, since it does not say itself.
public enum ImportScope: String, Sendable, Hashable, CaseIterable {
    /// Everything: also every check and region that has open findings of the same scanner.
    case full
    /// Every check of the file in every region of the file.
    case matrix
    /// Only the pairs of check and region that occur in the file.
    case observed
}
