/// A data file that was compiled into the program.
public struct EmbeddedFile: Sendable, Hashable {
    /// Where it stands below its folder, with `/`: `azure/storage/storage_account_https_only.yaml`.
    public let path: String
    /// What it holds.
    public let text: String

    /// Makes a file from its parts.
    public init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}
