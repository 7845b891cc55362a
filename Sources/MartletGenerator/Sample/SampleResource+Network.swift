extension SampleResource {
    /// Networks, their parts, and what watches over them.
    static let network: [SampleResource] = networks + groups + watchers

    /// Each network has a default group and three subnets; all default groups have one name.
    private static let networks: [SampleResource] = {
        let homes: [(name: String, region: String, environment: Environment)] = [
            ("shop", "eu-west-1", .production), ("build", "eu-west-1", .development),
            ("warehouse", "eu-central-1", .production), ("shop-us", "us-east-1", .production),
            ("lake", "us-east-1", .production), ("standby", "us-west-2", .production),
        ]
        var all: [SampleResource] = []
        for (number, home) in homes.enumerated() {
            let age = 700 - 40 * Int64(number)
            all.append(SampleResource(.vpc, home.name, home.region, home.environment, age: age))
            all.append(SampleResource(.defaultGroup, "default", home.region, home.environment, age: age))
            for zone in ["public-a", "private-a", "private-b"] {
                all.append(
                    SampleResource(.subnet, "\(home.name)-\(zone)", home.region, home.environment, age: age))
            }
        }
        return all
    }()

    private static let groups: [SampleResource] = [
        SampleResource(.securityGroup, "storefront-balancer", "eu-west-1", .production, .storefront),
        SampleResource(.securityGroup, "storefront-web", "eu-west-1", .production, .storefront),
        SampleResource(.securityGroup, "checkout", "eu-west-1", .production, .payments),
        SampleResource(.securityGroup, "bastion-legacy", "eu-west-1"),
        SampleResource(.securityGroup, "ci-runners", "eu-west-1", .development),
        SampleResource(.securityGroup, "orders-database", "eu-west-1", .production, .payments),
        SampleResource(.securityGroup, "office-migration", "eu-central-1"),
        SampleResource(.securityGroup, "vendor-access", "eu-central-1", .production, .logistics),
        SampleResource(.securityGroup, "scanner-handhelds", "eu-central-1", .production, .logistics),
        SampleResource(.securityGroup, "us-balancer", "us-east-1", .production, .storefront),
        SampleResource(.securityGroup, "us-web", "us-east-1", .production, .storefront),
        SampleResource(.securityGroup, "notebooks", "us-east-1", .development, .insight),
        SampleResource(.securityGroup, "lake-jobs", "us-east-1", .production, .insight),
        SampleResource(.securityGroup, "standby-web", "us-west-2", .production, .storefront, scans: [2, 3]),
    ]

    private static let watchers: [SampleResource] = {
        var trail = SampleResource(.trail, "fernhill-all-regions", "eu-west-1", age: 900)
        trail.regions = ["eu-central-1", "eu-west-1", "us-east-1", "us-west-2"]
        var all = [trail, SampleResource(.trailAlarm, "root-was-used", "eu-west-1", age: 300)]
        for region in ["eu-central-1", "eu-west-1", "us-east-1", "us-west-2"] {
            all.append(SampleResource(.detector, "detector-\(region)", region, age: 600))
        }
        let logs: [(name: String, region: String, team: Team)] = [
            ("/fernhill/storefront", "eu-west-1", .storefront), ("/fernhill/checkout", "eu-west-1", .payments),
            ("/fernhill/trail", "eu-west-1", .platform), ("/aws/lambda/invoice-mailer", "eu-west-1", .payments),
            ("/aws/lambda/payment-callback", "eu-west-1", .payments),
            ("/aws/lambda/newsletter-webhook", "eu-west-1", .marketing),
            ("/fernhill/warehouse", "eu-central-1", .logistics),
            ("/aws/lambda/returns-label", "eu-central-1", .logistics),
            ("/aws/lambda/parcel-tracker", "eu-central-1", .logistics),
            ("/fernhill/storefront", "us-east-1", .storefront), ("/fernhill/lake", "us-east-1", .insight),
            ("/aws/lambda/lake-ingest", "us-east-1", .insight), ("/fernhill/standby", "us-west-2", .platform),
        ]
        return all + logs.map { SampleResource(.logGroup, $0.name, $0.region, .production, $0.team) }
    }()
}
