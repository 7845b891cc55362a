import MartletCore

/// Where a page of findings ended: the next page begins after it.
///
/// A cursor is a place in the order of findings, not a number of rows, so pages neither repeat nor miss a finding that
/// holds all the time, whatever is published between them. It says nothing of the filter it was given for; whoever
/// goes on with another filter gets the rest of that filter's list.
public struct FindingCursor: Sendable, Hashable, CustomStringConvertible {
    let position: FindingPosition

    init(_ position: FindingPosition) { self.position = position }

    /// The longest text of a cursor, in bytes.
    private static let maximumLength = 64

    /// The text form: the form's version, status and severity by number, the account's number, the fingerprint.
    public var description: String {
        "1.\(position.status.rawValue).\(position.severity.rawValue).\(position.account).\(position.fingerprint.hex)"
    }

    /// Reads the text form. Throws ``MartletError`` (`usage`) for everything that no page has given.
    public init(_ text: String) throws {
        let parts = text.utf8.count <= Self.maximumLength ? text.split(separator: ".") : []
        guard parts.count == 5, parts[0] == "1",
            let status = Int(parts[1]).flatMap(Status.init(rawValue:)),
            let severity = Int(parts[2]).flatMap(Severity.init(rawValue:)),
            let account = Int64(parts[3]), account >= 0, let fingerprint = ContentHash(hex: parts[4])
        else { throw Self.refusal }
        position = FindingPosition(status: status, severity: severity, account: account, fingerprint: fingerprint)
        // One text for each place: a sign, a leading zero or a capital letter comes from elsewhere.
        guard description == text else { throw Self.refusal }
    }

    static var refusal: MartletError {
        MartletError(.usage, "This is no cursor; take one that a page gave, or leave it out for the first page.")
    }
}
