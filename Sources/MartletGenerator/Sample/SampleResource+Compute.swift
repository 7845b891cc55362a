extension SampleResource {
    /// Instances with a volume each, functions and public addresses.
    static let compute: [SampleResource] = {
        var all: [SampleResource] = []
        for instance in instances {
            all.append(instance)
            var volume = instance
            volume.kind = .volume
            volume.name += "-root"
            all.append(volume)
        }
        return all + functions + addresses
    }()

    private static let instances: [SampleResource] = [
        SampleResource(.instance, "web-1", "eu-west-1", .production, .storefront, age: 60),
        SampleResource(.instance, "web-2", "eu-west-1", .production, .storefront, age: 60),
        SampleResource(.instance, "web-3", "eu-west-1", .production, .storefront, age: 140),
        SampleResource(.instance, "web-canary-1", "eu-west-1", .production, .storefront, age: 10, scans: [1, 3]),
        SampleResource(.instance, "checkout-1", "eu-west-1", .production, .payments, age: 130),
        SampleResource(.instance, "checkout-2", "eu-west-1", .production, .payments, age: 130),
        SampleResource(.instance, "bastion", "eu-west-1", age: 700),
        SampleResource(.instance, "ci-runner-1", "eu-west-1", .development, age: 30),
        SampleResource(.instance, "warehouse-gateway", "eu-central-1", .production, .logistics, age: 365),
        SampleResource(.instance, "label-printer-proxy", "eu-central-1", .production, .logistics, age: 512),
        SampleResource(.instance, "catalog-staging-1", "eu-central-1", .staging, .storefront, age: 95),
        SampleResource(.instance, "us-web-1", "us-east-1", .production, .storefront, age: 75),
        SampleResource(.instance, "us-web-2", "us-east-1", .production, .storefront, age: 75),
        SampleResource(.instance, "reports-batch-1", "us-east-1", .production, .insight, age: 240, scans: [1]),
        SampleResource(.instance, "notebook-lena", "us-east-1", .development, .insight, age: 22),
        SampleResource(.instance, "notebook-shared", "us-east-1", .development, .insight, age: 400),
        SampleResource(.instance, "standby-web-1", "us-west-2", .production, .storefront, age: 1, scans: [2, 3]),
        SampleResource(.instance, "standby-checkout-1", "us-west-2", .production, .payments, age: 1, scans: [2, 3]),
    ]

    private static let functions: [SampleResource] = [
        SampleResource(.function, "resize-product-image", "eu-west-1", .production, .storefront),
        SampleResource(.function, "invoice-mailer", "eu-west-1", .production, .payments),
        SampleResource(.function, "payment-callback", "eu-west-1", .production, .payments),
        SampleResource(.function, "stock-sync", "eu-west-1", .production, .logistics),
        SampleResource(.function, "newsletter-webhook", "eu-west-1", .production, .marketing),
        SampleResource(.function, "peak-scaler", "eu-west-1", scans: [1, 3]),
        SampleResource(.function, "returns-label", "eu-central-1", .production, .logistics),
        SampleResource(.function, "parcel-tracker", "eu-central-1", .production, .logistics),
        SampleResource(.function, "catalog-import-test", "eu-central-1", .staging, .storefront),
        SampleResource(.function, "lake-ingest", "us-east-1", .production, .insight),
        SampleResource(.function, "lake-compact", "us-east-1", .production, .insight),
        SampleResource(.function, "sizing-model", "us-east-1", .development, .insight),
        SampleResource(.function, "us-tax-lookup", "us-east-1", .production, .payments),
        SampleResource(.function, "standby-probe", "us-west-2", scans: [2, 3]),
        SampleResource(.function, "gift-card-check", "eu-west-1", .production, .payments, age: -45, scans: [3]),
    ]

    private static let addresses: [SampleResource] = [
        SampleResource(.elasticIP, "bastion-address", "eu-west-1"),
        SampleResource(.elasticIP, "warehouse-vpn", "eu-central-1", .production, .logistics),
    ]
}
