import MartletCore

/// Asking for scans, which no worker takes.
struct ScanPosting {
    /// A queue of the benchmark's own.
    static let queue = "bench"
    /// A source that nobody runs.
    static let source = "bench"

    let accounts: [String]

    /// The requests, by account.
    func requests(_ place: APIPlace) -> [[UInt8]] {
        accounts.map { account in
            let body = """
                {"data":{"type":"scans","attributes":{"name":"bench","source":"external:\(Self.source)","queue":"\(Self.queue)"},\
                "relationships":{"provider":{"data":{"type":"providers","id":"\(account)"}}}}}
                """
            return place.request("POST", "/api/v1/scans", body: body)
        }
    }

    /// Removes what was asked for.
    static func remove(from store: any BenchStore) throws {
        guard let store = store as? PostgresBenchStore else { return }
        let link = try PostgresLink(store.address)
        let jobs = "SELECT tenant, id FROM \(store.schema).jobs WHERE queue = '\(queue)'"
        try link.run("DELETE FROM \(store.schema).scans WHERE (tenant, id) IN (\(jobs))")
        try link.run("DELETE FROM \(store.schema).jobs WHERE queue = '\(queue)'")
        try store.tidy()
    }
}
