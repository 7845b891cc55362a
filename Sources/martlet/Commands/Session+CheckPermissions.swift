import MartletCore
import MartletProviders

extension Session {
    /// The least permissions of each check of Azure, or with --markdown the table of docs/azure.md.
    func showCheckPermissions() async throws -> ExitCode {
        let azure = try AzureScans(try await checkLibrary())
        let filters = try azure.resolved(try scanFilters())
        let rows = azure.permissions(filters)
        guard format == .table, arguments.has("markdown") else {
            return try print(rows, Listing.checkPermissions, single: false)
        }
        return try print(Self.markdown(rows))
    }

    private static func markdown(_ rows: [CheckPermissions]) -> String {
        var text = "| check | Azure roles' actions | Microsoft Graph | elsewhere |\n|---|---|---|---|\n"
        for row in rows {
            func names(_ isWanted: (String) -> Bool) -> String {
                row.permissions.filter { isWanted($0.host) }.map { "`\($0.name)`" }.joined(separator: " ")
            }
            let columns = [
                names { $0 == "arm" }, names { $0 == "graph" }, names { $0 != "arm" && $0 != "graph" },
            ]
            text += "| `\(row.check)` | \(columns.joined(separator: " | ")) |\n"
        }
        return text
    }
}
