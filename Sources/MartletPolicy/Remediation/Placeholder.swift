/// Words in commands of checks that stand for what only the reader knows.
enum Placeholder {
    /// Every word that a shipped command uses so; `docs/checks.md` names them for authors of checks.
    static let known: Set<String> = [
        "ACTION_GROUP", "ADDRESSES", "DATE", "DISK_ID", "FLOW_LOG", "GROUP", "GROUP_ID", "HUB_ID", "ID", "KEY",
        "KEY_ID", "LOCATION", "NAME", "NIC_ID", "PEERING", "PLAN_ID", "PORT", "PRIVATE", "PUBLIC", "PUBLIC_IP", "RULE",
        "SET_ID",
        "STORAGE_ID", "SUBNET_ID", "USER_ID", "VAULT", "VAULT_URI", "VERSION", "VNET", "VNET_ID", "WORKSPACE_ID",
    ]

    /// The placeholders in the author's part of a command; sorted.
    static func words(_ template: CheckTemplate) -> [String] {
        var found: Set<String> = []
        for part in template.parts {
            guard case .text(let text) = part else { continue }
            for word in text.split(whereSeparator: \.isWhitespace) where known.contains(String(word)) {
                found.insert(String(word))
            }
        }
        return found.sorted()
    }
}
