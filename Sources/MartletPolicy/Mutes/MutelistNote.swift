/// Something in a mutelist that Martlet reads otherwise than Prowler would, without being wrong.
public struct MutelistNote: Sendable, Hashable {
    /// `file:line:column`.
    public var place: String
    /// What was written and how it is read.
    public var message: String

    /// Makes a note from its parts.
    public init(place: String, message: String) {
        self.place = place
        self.message = message
    }
}
