extension BenchmarkEstate {
    /// Made-up check ids, `svc00_check_0000` and so on, spread evenly over 75 services.
    ///
    /// - Parameter checks: How many, at most 10,000; nothing for a negative number.
    public static func syntheticCatalog(checks: Int = 600) -> [String] {
        (0..<max(0, min(checks, 10_000))).map { number in
            "svc\(padded(number % 75, 2))_check_\(padded(number, 4))"
        }
    }

    /// Region `index` of an estate: names of AWS regions first, made-up ones after those.
    static func regionName(_ index: Int) -> String {
        index < regionNames.count ? regionNames[index] : "zz-region-\(index - regionNames.count + 1)"
    }

    private static let regionNames = [
        "us-east-1", "us-east-2", "us-west-1", "us-west-2", "eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1",
        "eu-north-1", "eu-south-1", "ap-south-1", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3",
        "ap-southeast-1", "ap-southeast-2", "ca-central-1", "sa-east-1", "me-south-1", "af-south-1", "ap-east-1",
        "eu-central-2", "eu-south-2", "ap-south-2", "il-central-1", "me-central-1", "ap-southeast-3", "ap-southeast-4",
        "ca-west-1", "mx-central-1",
    ]

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
