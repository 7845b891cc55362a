/// The method of a request (RFC 9110, section 9), in capitals; any token is possible.
public struct HTTPMethod: Sendable, Hashable, CustomStringConvertible {
    /// The name as it was sent.
    public let name: String

    /// A method of this name; the name is not checked.
    public init(_ name: String) { self.name = name }

    /// The same as ``name``.
    public var description: String { name }

    /// Reads.
    public static let get = HTTPMethod("GET")
    /// Reads the headers alone.
    public static let head = HTTPMethod("HEAD")
    /// Makes something, or begins work.
    public static let post = HTTPMethod("POST")
    /// Replaces.
    public static let put = HTTPMethod("PUT")
    /// Changes parts.
    public static let patch = HTTPMethod("PATCH")
    /// Removes.
    public static let delete = HTTPMethod("DELETE")
    /// Asks what may be done.
    public static let options = HTTPMethod("OPTIONS")

    /// Whether the method changes nothing (GET, HEAD, OPTIONS).
    public var isSafe: Bool { self == .get || self == .head || self == .options }
}
