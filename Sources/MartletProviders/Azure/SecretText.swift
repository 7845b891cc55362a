/// A text that nobody else should see: nothing prints it.
public struct SecretText: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let text: String

    /// Keeps a secret.
    public init(_ text: String) { self.text = text }

    /// Always the same.
    public var description: String { "(secret)" }
    /// Always the same.
    public var debugDescription: String { description }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
