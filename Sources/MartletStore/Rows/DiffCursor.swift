import MartletCore

/// Where a page of differences ended: the next page begins after it.
public struct DiffCursor: Sendable, Hashable, CustomStringConvertible {
    let position: DiffPosition

    init(_ position: DiffPosition) { self.position = position }

    /// The text form: the part of the list, and in it the place as ``FindingCursor`` writes it.
    public var description: String { "\(position.part.rawValue)/\(FindingCursor(position.finding))" }

    /// Reads the text form. Throws ``MartletError`` (`usage`) for everything that no page has given.
    public init(_ text: String) throws {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let number = parts.first.flatMap { $0.utf8.count == 1 ? Int($0) : nil }
        guard parts.count == 2, let part = number.flatMap(DiffPosition.Part.init(rawValue:)) else {
            throw FindingCursor.refusal
        }
        position = DiffPosition(part: part, finding: try FindingCursor(String(parts[1])).position)
    }
}
