import MartletCore

extension MartletError.Code {
    /// A list can no longer be read on as it was when it was begun.
    public static let cursorExpired = Self("cursor_expired")
}
