import MartletCore

extension CSVRow {
    func readStatus() throws(Refusal) -> Status {
        let text = try required(.status)
        if let status = Status(name: text) { return status }
        throw Refusal(CSVColumn.status.rawValue, "expected FAIL, MANUAL or PASS, found \(Refusal.quoted(text))")
    }

    func readSeverity() throws(Refusal) -> Severity {
        let text = try required(.severity)
        if let severity = Severity(name: text) { return severity }
        throw Refusal(
            CSVColumn.severity.rawValue,
            "expected informational, low, medium, high or critical, found \(Refusal.quoted(text))")
    }

    /// A time as text or, when Prowler was told so, in seconds since 1970.
    func readTime() throws(Refusal) -> Timestamp {
        let text = try required(.timestamp)
        if let time = Timestamp(rfc3339: text) { return time }
        if text.utf8.count <= 12, let seconds = Int64(text) {
            let time = Timestamp(milliseconds: seconds * 1000)
            if Timestamp.range.contains(time) { return time }
        }
        throw Refusal(CSVColumn.timestamp.rawValue, "expected a time, found \(Refusal.quoted(text))")
    }

    func readMuted() throws(Refusal) -> Bool {
        let text = text(.muted)
        switch text.lowercased() {
        case "true": return true
        case "false", "": return false
        default:
            throw Refusal(CSVColumn.muted.rawValue, "expected True or False, found \(Refusal.quoted(text))")
        }
    }

    func readResource(provider: Provider) throws(Refusal) -> FindingSubject {
        var regions = try list(.region)
        if provider.name == "kubernetes" {
            // Prowler's OCSF has the bare name.
            regions = regions.map { $0.hasPrefix("namespace: ") ? String($0.dropFirst(11)) : $0 }
        }
        regions = Set(regions).sorted()
        let details = text(.resourceDetails)
        let data = JSONValue.object([.init("details", .string(details)), .init("metadata", .object([]))])
        let resource = ResourceObservation(
            uid: text(.resourceUID), name: text(.resourceName), type: text(.resourceType), service: text(.serviceName),
            region: regions.first ?? "", partition: text(.partition), data: details.isEmpty ? "" : data.canonicalText,
            tags: try readTags())
        return FindingSubject(resource: resource, regions: regions)
    }

    private func readTags() throws(Refusal) -> [Tag] {
        let tags = try list(.resourceTags).map { item in
            guard let equals = item.utf8.firstIndex(of: UInt8(ascii: "=")) else { return Tag(key: item, value: "") }
            return Tag(key: String(item[..<equals]), value: String(item[item.utf8.index(after: equals)...]))
        }
        return tags.count < 2 ? tags : Set(tags).sorted()
    }
}
