import CSimdJSON
import MartletCore

extension martlet_finding_text {
    var buffer: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(
            start: UnsafeRawPointer(bytes)?.assumingMemoryBound(to: UInt8.self), count: bytes == nil ? 0 : length)
    }

    /// The parser has made sure that it is UTF-8.
    var string: String { length == 0 ? "" : String(decoding: buffer, as: UTF8.self) }
}

extension martlet_finding {
    /// When a finding was observed, first seen, and since when it has been FAIL.
    struct Times {
        var observed: Timestamp
        var firstSeen: Timestamp?
        var failingSince: Timestamp?
    }

    func readTimes() throws(Refusal) -> Times {
        var observed = try Self.read(created, "/finding_info/created_time")
        if observed == nil { observed = try Self.read(time, "/time") }
        guard let observed else { throw Refusal("/time", "the time is missing") }
        let failing = martlet_finding_time(text: failing_since, milliseconds: 0, has_number: 0)
        return Times(
            observed: observed, firstSeen: try Self.read(first_seen, "/finding_info/first_seen_time"),
            failingSince: try Self.read(failing, "/unmapped/martlet/failing_since", suffix: ""))
    }

    // The text is preferred to the number: it has the fractions of a second.
    private static func read(
        _ time: martlet_finding_time, _ pointer: String, suffix: String = "_dt"
    ) throws(Refusal) -> Timestamp? {
        if time.text.length > 0 {
            if let read = Timestamp(rfc3339: time.text.buffer) { return read }
            throw Refusal(
                pointer + suffix, "expected an RFC 3339 time, found \(Refusal.quoted(time.text.string))")
        }
        guard time.has_number != 0 else { return nil }
        let read = Timestamp(milliseconds: time.milliseconds)
        guard Timestamp.range.contains(read) else {
            throw Refusal(pointer, "the time lies outside the years 1 to 9999")
        }
        return read
    }

    func readStatus() throws(Refusal) -> Status {
        let text = status.string
        switch text {
        case "FAIL": return .fail
        case "PASS": return .pass
        default:
            if let status = Status(name: text) { return status }
            throw Refusal("/status_code", "expected FAIL, MANUAL or PASS, found \(Refusal.quoted(text))")
        }
    }

    func readSeverity() throws(Refusal) -> Severity {
        if severity.length > 0 {
            let text = severity.string
            switch text {
            case "Low": return .low
            case "Medium": return .medium
            case "High": return .high
            default:
                if let severity = Severity(name: text) { return severity }
                throw Refusal(
                    "/severity",
                    "expected Informational, Low, Medium, High or Critical, found \(Refusal.quoted(text))")
            }
        }
        // OCSF: 0 is Unknown and 6 Fatal, which read as the nearest severities there are.
        switch severity_id {
        case 0: return .informational
        case 6: return .critical
        default:
            if let severity = Int(exactly: severity_id).flatMap(Severity.init(rawValue:)) { return severity }
            throw Refusal("/severity_id", "expected 0 to 6, found \(severity_id)")
        }
    }
}
