import MartletCore
import MartletStore

extension AuditNote {
    /// A change of an account.
    public static func account(_ verb: String, _ key: AccountKey, _ detail: [JSONValue.Member] = []) -> AuditNote {
        AuditNote(verb, "providers", key.identifier, [.init("uid", .string(key.uid))] + detail)
    }

    /// A change of a mute, by its rule's id.
    public static func mute(_ verb: String, _ rule: String, _ detail: [JSONValue.Member] = []) -> AuditNote {
        AuditNote(verb, "mute-rules", MuteRuleRow.identifier(of: rule), detail)
    }

    /// A change of the mutelist.
    ///
    /// - Parameter tenant: The tenant's id, not its number.
    public static func mutelist(_ verb: String, of tenant: String, rules: Int) -> AuditNote {
        AuditNote(
            verb, "processors", Administration.mutelistIdentifier(tenant: tenant),
            [.init("rules", .int(Int64(rules)))])
    }

    /// A change of a secret, of which the name alone is told. Those of accounts are known to the API.
    public static func secret(_ verb: String, _ name: SecretName) -> AuditNote {
        let detail = [JSONValue.Member("name", .string(name.text))]
        return name.isOfAccount
            ? AuditNote(verb, "provider-secrets", name.identifier, detail)
            : AuditNote(verb, "secrets", name.text, detail)
    }

    /// A check of a tenant's own that is kept, anew or in place of the one there was.
    public static func check(_ id: String, isNew: Bool) -> AuditNote {
        AuditNote(isNew ? "create" : "update", "checks", id)
    }

    /// A change of a check's parameters, with all that differ from the defaults then.
    public static func check(_ id: String, parameters: JSONValue) -> AuditNote {
        AuditNote("update", "checks", id, [.init("parameters", parameters)])
    }

    /// The beginning of a scan.
    public static func scanStart(_ scan: String, of key: AccountKey, source: String) -> AuditNote {
        AuditNote(
            "start", "scans", scan,
            [.init("provider", .string(key.identifier)), .init("source", .string(source))])
    }
}
