extension SampleResource {
    /// The account itself, its users and their access keys.
    static let people: [SampleResource] = {
        var all = [
            SampleResource(.account, "Fernhill Outfitters production", "", age: 1_400),
            SampleResource(.root, "<root_account>", "", age: 1_400),
            SampleResource(.passwordPolicy, "password-policy", "", age: 1_400),
        ]
        let users: [(name: String, team: Team, keyAges: [Int64], scans: Set<Int>)] = [
            ("mira.holt", .platform, [370, 12], [1, 2, 3]), ("tom.ashby", .storefront, [45], [1, 2, 3]),
            ("lena.marsh", .insight, [130], [1, 2, 3]), ("idris.cole", .payments, [20], [1, 2, 3]),
            ("ruth.finch", .logistics, [610], [1, 2, 3]), ("ben.alder", .marketing, [75], [1, 2]),
            ("nora.quill", .platform, [5], [2, 3]), ("ci-deploy", .platform, [512, 80], [1, 2, 3]),
            ("erp-sync", .logistics, [288], [1, 2, 3]), ("mailer", .marketing, [160], [1, 3]),
        ]
        for user in users {
            all.append(
                SampleResource(
                    .user, user.name, "us-east-1", .production, user.team, age: user.keyAges.max(), scans: user.scans))
            for (number, age) in user.keyAges.enumerated() {
                var key = SampleResource(
                    .accessKey, "\(user.name)/key-\(number + 1)", "us-east-1", .production, user.team, age: age,
                    scans: user.scans)
                if user.name == "erp-sync" { key.renewed = SampleEstate.firstDay + 20 }
                all.append(key)
            }
        }
        return all
    }()
}
