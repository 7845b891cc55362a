import Glibc

/// The system gave no socket.
public struct LoopbackError: Error, CustomStringConvertible {
    /// What the system said.
    public let description: String

    init(_ number: Int32) { description = "The server cannot listen (\(String(cString: strerror(number))))." }
}
