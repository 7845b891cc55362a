import MartletCore
import MartletEngine
import MartletStore

/// The resource `providers`: an account.
enum AccountShape {
    static let type = "providers"

    static let schema = ResourceSchema(
        type, component: "Provider",
        attributes: [
            Property("inserted_at", .time, "When the account came into the store."),
            Property("updated_at", .time, "When a user changed it last, or it was made."),
            Property("provider", .choice(Provider.known), "The platform."),
            Property("uid", .string(), "The platform's own id of the account."),
            Property("alias", .nullable(.string()), "What a user calls it, else the name that a source gave."),
            Property(
                "connection",
                .object([
                    Property("connected", .nullable(.boolean)), Property("last_checked_at", .nullable(.time)),
                ]), "How the last test of the connection ended; null before the first."),
            Property("published_at", .nullable(.time), "When the published scan was published."),
            Property("observed_at", .nullable(.time), "When the source of the published scan looked."),
            Property("posture_version", .integer(), "Raised by every visible change."),
            Property("pending", .boolean, "A change of mutes or frameworks has not reached it yet."),
        ],
        relationships: [
            .one("secret", SecretShape.type), .many("provider_groups", "provider-groups"),
            .one("published_scan", "scans"),
        ])

    static let create = ResourceSchema(
        type, component: "ProviderCreate", id: nil,
        attributes: [
            Property("provider", .choice(Provider.known), required: true),
            Property("uid", .string(maxLength: 250), required: true),
            Property("alias", .nullable(.string(maxLength: 100))),
        ])

    static let update = ResourceSchema(
        type, component: "ProviderUpdate", attributes: [Property("alias", .nullable(.string(maxLength: 100)))])

    /// - Parameters:
    ///   - secrets: Names of the secrets that there are.
    ///   - groups: UUIDs of the groups that the account is in.
    static func write(
        _ account: AccountDetail, secrets: Set<String>, groups: [String], _ writer: inout JSONAPIWriter,
        _ context: RequestContext
    ) {
        writer.resource(ResourceIdentifier(type, account.identifier)) {
            fill(account, secrets: secrets, groups: groups, &$0, context)
        }
    }

    static func fill(
        _ account: AccountDetail, secrets: Set<String>, groups: [String], _ resource: inout ResourceWriter,
        _ context: RequestContext
    ) {
        resource.attribute("inserted_at", account.createdAt)
        resource.attribute("updated_at", account.updatedAt)
        resource.attribute("provider", account.key.provider.name)
        resource.attribute("uid", account.key.uid)
        resource.attribute("alias", account.shownName)
        resource.attribute("connection") { json in
            json.beginObject()
            if let isConnected = account.isConnected {
                json.field("connected", isConnected)
            } else {
                json.field("connected", String?.none)
            }
            json.field("last_checked_at", account.checkedAt?.rfc3339)
            json.endObject()
        }
        resource.attribute("published_at", account.publishedAt)
        resource.attribute("observed_at", account.observedAt)
        resource.attribute("posture_version", account.postureVersion)
        resource.attribute("pending", account.isPending)
        let secret = SecretShape.name(of: account.key).flatMap { secrets.contains($0.text) ? $0 : nil }
        resource.one("secret", secret.map { ResourceIdentifier(SecretShape.type, $0.identifier) })
        resource.many("provider_groups", groups.map { ResourceIdentifier("provider-groups", $0) })
        resource.one("published_scan", account.scan.map { ResourceIdentifier("scans", $0) })
        resource.link("self", context.url(type, account.identifier))
    }
}
