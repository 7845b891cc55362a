import Foundation
import MartletTestSupport

/// Compression by the system's own program.
enum Gzip {
    /// The file's content as one gzip member.
    static func compress(_ path: String) throws -> Data { try Command.output("gzip", ["-c", path]) }
}
