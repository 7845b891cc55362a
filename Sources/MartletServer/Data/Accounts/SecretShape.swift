import MartletCore
import MartletEngine
import MartletStore

/// The resource `provider-secrets`: the credentials of an account, of which nothing is ever given out.
///
/// They are the tenant's secret `accounts/PROVIDER/UID`, which scanners are given for their account.
enum SecretShape {
    static let type = "provider-secrets"
    static let kinds = ["static", "role", "service_account"]

    static let schema = ResourceSchema(
        type, component: "ProviderSecret",
        attributes: [
            Property("inserted_at", .time), Property("updated_at", .time, "When its value was last set."),
            Property("name", .nullable(.string())), Property("secret_type", .choice(kinds)),
        ], relationships: [.one("provider", AccountShape.type)])

    static let create = ResourceSchema(
        type, component: "ProviderSecretCreate", id: nil,
        attributes: [
            Property("name", .nullable(.string(maxLength: 100))),
            Property("secret_type", .choice(kinds), required: true),
            Property("secret", .map(.any), "The fields by name, sealed before they are stored.", required: true),
        ], relationships: [.one("provider", AccountShape.type, required: true)])

    static let update = ResourceSchema(
        type, component: "ProviderSecretUpdate",
        attributes: [
            Property("name", .nullable(.string(maxLength: 100))), Property("secret_type", .choice(kinds)),
            Property("secret", .map(.any)),
        ], relationships: [.one("provider", AccountShape.type)])

    /// The secret's name; nil for an account whose uid cannot be part of one.
    static func name(of account: AccountKey) -> SecretName? {
        try? SecretName("accounts/\(account.provider.name)/\(account.uid)")
    }

    /// The value of the request's `secret`: one field for each member. Numbers and flags become texts, objects JSON.
    static func value(_ secret: JSONValue) throws -> SecretValue {
        let fields = try (secret.objectValue ?? []).compactMap { member -> SecretValue.Field? in
            let text: String
            switch member.value {
            case .null: return nil
            case .string(let value): text = value
            default: text = member.value.text
            }
            var copy = text
            return SecretValue.Field(
                member.key, try copy.withUTF8 { try SecretBytes(copying: UnsafeRawBufferPointer($0)) })
        }
        do {
            return try .fields(fields)
        } catch let error as MartletError {
            throw APIError.field("/data/attributes/secret", error.message)
        }
    }

    static func fill(
        _ secret: LabelledSecret, account: AccountDetail, _ resource: inout ResourceWriter
    ) {
        resource.attribute("inserted_at", secret.createdAt)
        resource.attribute("updated_at", secret.updatedAt)
        resource.attribute("name", secret.label)
        resource.attribute("secret_type", secret.access ?? kinds[0])
        resource.one("provider", ResourceIdentifier(AccountShape.type, account.identifier))
    }
}
