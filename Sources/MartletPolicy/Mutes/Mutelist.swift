import MartletCore

/// Prowler's mutelist document as mute rules.
///
/// One rule is made for each check key of each account; its id is `mutelist/ACCOUNT/CHECK` as the document writes the
/// two. What differs from Prowler, by design:
///
/// * Patterns are **anchored**: an item matches the whole text, where Prowler searches it anywhere. `logs` mutes what is
///   called `logs`; for names that contain it write `*logs*`.
/// * Rules are **independent of order**: an exception keeps a finding out of the rule it belongs to, and of no other.
///   Prowler stops at the first exception that holds, so there the order of keys decides.
/// * A resource's item matches its uid or its name.
///
/// The rest is as there: accounts are exact or `*`; check, region, resource and tags must all match; of regions and
/// resources one item suffices, of tags all are needed, each of which may have alternatives (`a=b|c=d`); a check key
/// that begins with `lambda` is read as `awslambda`.
public struct Mutelist: Sendable {
    /// The rules, in the order of the document.
    public let rules: [MuteRule]
    /// Items that had to be translated, at most ``maximumNotes``.
    public let notes: [MutelistNote]
    /// How many notes were left out.
    public let droppedNotes: Int
    /// How many items name checks, regions, resources or tags without a wildcard. Prowler finds them inside longer texts
    /// too, Martlet does not; a rule that matches nothing may be one of these.
    public let exactItems: Int

    /// The most notes that are kept.
    public static let maximumNotes = 1_000
    /// The reason of a rule without `Description`.
    public static let defaultReason = "Muted by mutelist"

    /// Reads a document.
    ///
    /// `file` is what errors call it, `owner` and `expiresAt` go into each rule. Throws ``MartletError``
    /// (`invalidInput`) with `file:line:column` for keys that have no meaning there, for missing ones, for values of the
    /// wrong kind and for patterns that a glob cannot say; nothing of such a document is used.
    public init(
        document: MarkedNode, file: String, owner: String = "", expiresAt: Timestamp? = nil
    ) throws {
        var reader = MutelistReader(file: file, owner: owner, expiresAt: expiresAt)
        rules = try reader.read(document)
        notes = reader.notes
        droppedNotes = reader.droppedNotes
        exactItems = reader.exactItems
    }
}
