import MartletCore

/// One kind of question, as several requests that take turns.
struct APIQuery {
    let name: String
    let targets: [String]

    /// A page of so many.
    private static let size = "page%5Bsize%5D=100"

    /// Lists and overviews. Lists are read as a whole, by filters and by cursors; overviews of all accounts and of one.
    static func all(_ place: APIPlace) throws -> [APIQuery] {
        let accounts = ids(of: try place.ask("GET", "/api/v1/providers?\(size)"))
        guard !accounts.isEmpty else { throw MartletError(.notFound, "the store has no account") }
        func each(_ path: String) -> [String] {
            [path] + accounts.map { "\(path)\(path.contains("?") ? "&" : "?")filter%5Bprovider_id%5D=\($0)" }
        }
        let findings = "/api/v1/findings?\(size)"
        let latest = "/api/v1/findings/latest?\(size)"
        let resources = "/api/v1/resources?\(size)"
        var queries = [
            APIQuery(name: "findings", targets: each(findings)),
            APIQuery(
                name: "findings, failed and critical",
                targets: each("\(latest)&filter%5Bstatus%5D=FAIL&filter%5Bseverity__in%5D=critical,high")),
            APIQuery(name: "findings by cursor", targets: try cursors(each(findings), place)),
            APIQuery(name: "resources", targets: each(resources)),
            APIQuery(name: "resources by cursor", targets: try cursors(each(resources), place)),
            APIQuery(name: "finding groups", targets: each("/api/v1/finding-groups?\(size)")),
            APIQuery(name: "scans", targets: each("/api/v1/scans?\(size)")),
            APIQuery(name: "compliance-overviews", targets: each("/api/v1/compliance-overviews?\(size)")),
        ]
        for name in [
            "findings", "findings_severity", "findings_severity/timeseries", "providers", "providers/count", "services",
            "regions", "categories", "attack-surfaces", "compliance-watchlist", "threatscore",
        ] {
            queries.append(APIQuery(name: "overviews/\(name)", targets: each("/api/v1/overviews/\(name)")))
        }
        return queries
    }

    /// The accounts' ids.
    static func ids(of list: JSONValue) -> [String] {
        (list["data"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }
    }

    /// Pages further on, up to 20 of each list that begins with an empty cursor.
    private static func cursors(_ firsts: [String], _ place: APIPlace) throws -> [String] {
        var targets: [String] = []
        for first in firsts {
            var target = first + "&page%5Bafter%5D="
            for _ in 0..<20 {
                guard let next = try place.ask("GET", target)["links"]?["next"]?.stringValue,
                    let path = next.firstRange(of: "/api/")
                else { break }
                target = String(next[path.lowerBound...])
                targets.append(target)
            }
        }
        // A list of one page has no further ones.
        return targets.isEmpty ? firsts.map { $0 + "&page%5Bafter%5D=" } : targets
    }
}
