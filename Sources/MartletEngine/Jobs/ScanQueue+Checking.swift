import MartletCore
import MartletStore

extension ScanQueue {
    /// Checks that a scan can run, as far as that can be told without running it.
    ///
    /// Throws ``MartletError``: `usage` for a source of no known form and for filters on a file, `not_found` for a source or
    /// secret that is not there, `invalid_input` for filters that the source cannot be given.
    static func check(
        _ order: ScanOrder, of account: AccountKey, tenant: Int64, _ connection: any Connection
    ) throws {
        if order.filePath != nil {
            guard order.filters.isEmpty else {
                throw MartletError(
                    .usage,
                    "A file holds what it holds: --checks, --services, --regions and --severity limit external sources "
                        + "only. Leave them out.", place: "--source")
            }
            return
        }
        if let provider = order.nativeProvider {
            return try check(native: provider, of: account, tenant: tenant, connection)
        }
        if let upload = order.uploadID {
            guard order.filters.isEmpty, try Ingestions.isReadable(upload, tenant: tenant, connection) else {
                throw MartletError(
                    .notFound,
                    "There is no upload \(upload.prefix(80)), or it is not kept any more; upload the file again.")
            }
            return
        }
        guard let name = order.externalName else {
            throw MartletError(
                .usage,
                "There is no source '\(order.source)'; a source is file:PATH, external:NAME of one that martlet "
                    + "source list shows, or azure for an account of Azure.", place: "--source")
        }
        let source = try ExternalSources.source(named: name, tenant: tenant, connection)
        do {
            _ = try source.command.arguments(for: order.filters.scope(of: account), output: "/")
        } catch let error as MartletError where error.place == nil {
            throw MartletError(error.code, error.message, place: order.source)
        }
        let secrets = try source.secrets.map { ($0, try $0.secretName(for: account)) }
        try Secrets.require(secrets, tenant: tenant, connection)
    }

    /// A scan by Martlet itself needs an account of the provider, and its credentials.
    private static func check(
        native provider: Provider, of account: AccountKey, tenant: Int64, _ connection: any Connection
    ) throws {
        guard account.provider == provider else {
            throw MartletError(
                .usage, "\(account) is no account of \(provider.name); choose another source.", place: "--source")
        }
        let name = try NativeScans.secretName(of: account)
        guard let stored = try SecretRecords.secret(named: name.text, tenant: tenant, connection) else {
            throw MartletError(
                .notFound,
                "the scan needs the account's credentials; set them with martlet secret set \(name.text) --from-env …",
                place: "--source")
        }
        guard stored.kind == SecretKind.fields.rawValue else {
            throw MartletError(
                .invalidInput, "it is one text; the scan needs fields such as AZURE_CLIENT_ID", place: name.text)
        }
    }
}
