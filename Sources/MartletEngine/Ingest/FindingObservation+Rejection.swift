import MartletCore
import MartletStore

extension FindingObservation {
    /// Why the store could not keep the observation; nil for nearly all. The same on every database.
    var rejection: Rejection? {
        if regions.contains(where: { $0.utf8.contains(UInt8(ascii: "\n")) }) {
            return refused("region", "a region's name has no line feed")
        }
        for tag in resource.tags where Self.hasTerminator(tag.key) || Self.hasTerminator(tag.value) {
            return refused("tag", "a tag has no control character U+0001")
        }
        guard Timestamp.range.contains(observedAt) else { return refused("time", "the time is out of range") }
        return nil
    }

    /// By a scan of the bytes in place: every tag of every finding comes by here.
    private static func hasTerminator(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var found = false
            for byte in bytes where byte == 1 { found = true }
            return found
        }
    }

    private func refused(_ field: String, _ message: String) -> Rejection {
        Rejection(
            place: "finding of \(check.check) on \(resource.uid.prefix(200))", field: field, message: message,
            check: check.check)
    }
}
