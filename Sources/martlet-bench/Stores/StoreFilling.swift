import MartletCore

/// Fills a store with several accounts, as benchmarks of reading need it.
struct StoreFilling {
    let findings: Int
    let accounts: Int
    let resources: Int?
    let regions: Int
    let tags: Int
    let frameworks: [String]

    init(options: BenchOptions) throws {
        findings = try options.integer("findings", in: 1...1_000_000_000) ?? 1_500_000
        accounts = try options.integer("accounts", in: 1...1_000) ?? 5
        resources = try options.integer("resources", in: 1...1_000_000_000)
        regions = try options.integer("regions", in: 1...1_000) ?? 20
        tags = try options.integer("tags", in: 0...50) ?? 5
        frameworks = options.list("frameworks")
        guard findings >= accounts else {
            throw MartletError(.usage, "every account needs a finding", place: "--accounts")
        }
    }

    /// Fills accounts one after the other; the last one is scanned a second time, so that there is a difference.
    func fill(_ store: any BenchStore, in folder: WorkFolder) throws {
        let paths = try BenchFrameworks.paths(frameworks, in: folder)
        let checks = try FrameworkFiles(paths: paths).awsChecks()
        _ = try Phase.start(["add-frameworks", store.url] + paths)
        let file = folder.file("scan.ndjson")
        for number in 1...accounts {
            let share = findings * number / accounts - findings * (number - 1) / accounts
            let estate = EstateFile(
                findings: share, resources: resources.map { min($0, share) }, regions: regions, tags: tags,
                catalog: checks, account: number)
            _ = try estate.writeFirst(to: file)
            _ = try Phase.start(["import", store.url, file, "3000"])
            guard number == accounts else { continue }
            _ = try estate.writeNext(changed: 0.01, to: file)
            _ = try Phase.start(["import", store.url, file, "3000"])
        }
        try store.tidy()
    }
}
