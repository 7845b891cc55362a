import MartletCore

/// Made-up AWS frameworks of the size of a real collection, so that the benchmark needs nothing from outside.
enum SyntheticFrameworks {
    /// As many as there are frameworks for AWS in common use.
    static let frameworks = 49
    /// Requirements of all of them together.
    static let requirements = 5_800

    /// Documents in the legacy form over the given checks; the same checks give the same documents.
    static func documents(checks: [String]) -> [(fileName: String, bytes: [UInt8])] {
        guard !checks.isEmpty else { return [] }
        return (0..<frameworks).map { number in
            let first = requirements * number / frameworks
            let last = requirements * (number + 1) / frameworks
            return ("synthetic_\(number + 1)_aws.json", document(number + 1, first..<last, checks))
        }
    }

    private static func document(_ number: Int, _ range: Range<Int>, _ checks: [String]) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("Framework", "Synthetic-\(number)")
        writer.field("Name", "Synthetic framework \(number)")
        writer.field("Version", "1.0")
        writer.field("Provider", "AWS")
        writer.field("Description", "Requirements that the benchmark has made up.")
        writer.key("Requirements")
        writer.beginArray()
        for requirement in range {
            writer.beginObject()
            writer.field("Id", "\(number).\(requirement - range.lowerBound + 1)")
            writer.field("Description", "The checks of made-up requirement \(requirement) hold everywhere.")
            writer.key("Attributes")
            writer.beginArray()
            writer.beginObject()
            writer.field("Section", "Section \(requirement % 12 + 1)")
            writer.endObject()
            writer.endArray()
            writer.field("Checks", mapped(requirement, checks))
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    /// Ten checks on average, from none to twenty, taken from all over the catalogue.
    private static func mapped(_ requirement: Int, _ checks: [String]) -> [String] {
        let count = min(requirement * 7 % 21, checks.count)
        // A step without a common factor visits every check before it repeats one.
        var step = 37 % checks.count + 1
        while gcd(step, checks.count) != 1 { step += 1 }
        return (0..<count).map { checks[(requirement * 13 + $0 * step) % checks.count] }
    }

    private static func gcd(_ left: Int, _ right: Int) -> Int { right == 0 ? left : gcd(right, left % right) }
}
