import MartletCore
import MartletData
import MartletPolicy

/// The frameworks that are compiled into the program, and what their linting knows.
public enum ShippedFrameworks {
    /// The files of `frameworks/`, in the order of their names.
    public static func files() -> [(fileName: String, bytes: [UInt8])] {
        MartletData.frameworks().map { ("frameworks/" + $0.path, Array($0.text.utf8)) }
    }

    /// They as what every tenant has without asking for it.
    ///
    /// - Parameter areAdded: Whether they are added where they are missing.
    public static func defaults(areAdded: Bool = true) -> DefaultFrameworks {
        let entries = contents.sorted { $0.key < $1.key }.compactMap { id, hashes in
            DefaultFrameworks.Entry(id: id, contents: hashes.compactMap { ContentHash(hex: $0) }) {
                MartletData.frameworks().first { $0.path == id + ".json" }.map { Array($0.text.utf8) } ?? []
            }
        }
        return DefaultFrameworks(entries, areAdded: areAdded)
    }

    /// Whether a content of a framework came with this program or an earlier one. A tenant's own may have the same id.
    ///
    /// - Parameter contentHash: 32 hexadecimal digits.
    public static func isShipped(_ id: String, contentHash: String) -> Bool {
        contents[id]?.contains(contentHash) == true
    }

    /// The check ids a framework may name: ``KnownChecks``, and those of the shipped checks, which have ids of their own
    /// where Prowler has no check of the same meaning. Throws when a shipped check cannot be read.
    public static func knownChecks() throws(MartletError) -> FrameworkLinter.KnownCheckIDs {
        var shipped: [String: Set<String>] = [:]
        for check in try CheckFiles.shipped() { shipped[check.provider.name, default: []].insert(check.id) }
        let own = shipped
        return { provider in KnownChecks.ids(for: provider)?.union(own[provider.name] ?? []) }
    }
}
