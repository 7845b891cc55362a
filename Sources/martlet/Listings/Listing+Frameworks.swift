import MartletCore
import MartletFormats
import MartletStore

extension Listing where Row == FrameworkRow {
    /// `martlet frameworks list`.
    static var frameworks: Listing {
        Listing(
            columns: [
                Column("ID", style: { _ in .bold }) { $0.id },
                Column("FRAMEWORK", flexible: true) { CellText.or($0.name) },
                Column("VERSION") { CellText.or($0.version) },
                Column("ORIGIN") { isShipped($0) ? "shipped" : "own" },
                Column("PROVIDERS", flexible: true) { CellText.or($0.providers.joined(separator: ",")) },
                Column("REQUIREMENTS", right: true) { Quantity.grouped($0.requirements) },
                Column("CHECKS", right: true) { Quantity.grouped($0.checks) },
                Column("TITLE", flexible: true) { $0.title },
            ],
            fields: [
                ("framework", { $0.id }), ("name", { $0.name }), ("title", { $0.title }),
                ("version", { $0.version }), ("providers", { $0.providers.joined(separator: ",") }),
                ("requirements", { String($0.requirements) }), ("checks", { String($0.checks) }),
                ("content_hash", { $0.contentHash }), ("shipped", { isShipped($0) ? "true" : "false" }),
            ],
            json: { row, json in
                json.field("framework", row.id)
                json.said("name", row.name)
                json.said("title", row.title)
                json.said("version", row.version)
                json.field("providers", row.providers)
                json.field("requirements", row.requirements)
                json.field("checks", row.checks)
                json.field("content_hash", row.contentHash)
                json.field("shipped", isShipped(row))
            }, empty: "no frameworks; add some with: martlet frameworks add PATH")
    }

    private static func isShipped(_ row: FrameworkRow) -> Bool {
        ShippedFrameworks.isShipped(row.id, contentHash: row.contentHash)
    }
}
