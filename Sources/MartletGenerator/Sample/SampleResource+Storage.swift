extension SampleResource {
    /// Buckets, databases and keys.
    static let storage: [SampleResource] = {
        var replicated = SampleResource(.key, "order-events", "eu-west-1", .production, .payments)
        replicated.regions = ["eu-central-1", "eu-west-1"]
        var handedOver = SampleResource(.bucket, "fernhill-warehouse-feeds", "eu-central-1", .production, .logistics)
        handedOver.laterTeam = .insight
        return buckets + [handedOver, replicated] + databases + keys
    }()

    private static let buckets: [SampleResource] = [
        SampleResource(.bucket, "fernhill-product-images", "eu-west-1", .production, .storefront),
        SampleResource(.bucket, "fernhill-storefront-assets", "eu-west-1", .production, .storefront),
        SampleResource(.bucket, "fernhill-order-exports", "eu-west-1", .production, .payments),
        SampleResource(.bucket, "fernhill-payment-reports", "eu-west-1", .production, .payments),
        SampleResource(.bucket, "fernhill-access-logs", "eu-west-1"),
        SampleResource(.bucket, "fernhill-trail-archive", "eu-west-1"),
        SampleResource(.bucket, "fernhill-build-artifacts", "eu-west-1", .development),
        SampleResource(.bucket, "fernhill-press-kit", "eu-west-1", .production, .marketing),
        SampleResource(.bucket, "fernhill-catalog-staging", "eu-central-1", .staging, .storefront),
        SampleResource(.bucket, "fernhill-backups-eu", "eu-central-1"),
        SampleResource(.bucket, "fernhill-lake-raw", "us-east-1", .production, .insight),
        SampleResource(.bucket, "fernhill-lake-curated", "us-east-1", .production, .insight),
        SampleResource(.bucket, "fernhill-lake-sandbox", "us-east-1", .development, .insight),
        SampleResource(.bucket, "fernhill-marketing-drop", "us-east-1", .production, .marketing, scans: [1, 2]),
        SampleResource(.bucket, "fernhill-newsletter-archive", "us-west-2", .production, .marketing),
        SampleResource(.bucket, "fernhill-replica-west", "us-west-2"),
        SampleResource(.bucket, "fernhill-returns-photos", "eu-west-1", .production, .logistics, scans: [2, 3]),
    ]

    private static let databases: [SampleResource] = [
        SampleResource(.database, "orders", "eu-west-1", .production, .payments, age: 820),
        SampleResource(.database, "orders-replica", "eu-west-1", .production, .payments, age: 815),
        SampleResource(.database, "orders-staging", "eu-west-1", .staging, .payments, age: 400),
        SampleResource(.database, "catalog", "eu-west-1", .production, .storefront, age: 985),
        SampleResource(.database, "warehouse", "eu-central-1", .production, .logistics, age: 930),
        SampleResource(.database, "loyalty-analytics", "us-east-1", .production, .insight, age: 510),
        SampleResource(.database, "us-storefront", "us-east-1", .production, .storefront, age: 260),
        SampleResource(.database, "experiment-sizing", "us-east-1", .development, .insight, age: 90, scans: [1]),
        SampleResource(.database, "standby-orders", "us-west-2", .production, .payments, age: 15, scans: [2, 3]),
    ]

    private static let keys: [SampleResource] = [
        SampleResource(.key, "orders-at-rest", "eu-west-1", .production, .payments),
        SampleResource(.key, "payments-legacy", "eu-west-1", .production, .payments),
        SampleResource(.key, "trail", "eu-west-1"),
        SampleResource(.key, "warehouse-at-rest", "eu-central-1", .production, .logistics),
        SampleResource(.key, "backups", "eu-central-1"),
        SampleResource(.key, "lake", "us-east-1", .production, .insight),
        SampleResource(.key, "sandbox", "us-east-1", .development, .insight),
        SampleResource(.key, "standby", "us-west-2"),
    ]
}
