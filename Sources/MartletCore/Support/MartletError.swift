/// An error as a user sees it.
public struct MartletError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of error it is; stable, for scripts.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// Lower-case words joined by `_`, as scans store it.
        public let name: String
        /// Makes a code. Codes that others compare with belong to the constants below.
        public init(_ name: String) { self.name = name }
        /// The same as ``name``.
        public var description: String { name }

        /// What was given cannot be read or makes no sense.
        public static let invalidInput = Code("invalid_input")
        /// The command line is wrong.
        public static let usage = Code("usage")
        /// Something named does not exist.
        public static let notFound = Code("not_found")
        /// Someone else holds what is needed.
        public static let conflict = Code("conflict")
        /// The lease was lost: another worker has taken over, nothing more may be written.
        public static let leaseLost = Code("lease_lost")
        /// A provider refuses the credentials.
        public static let denied = Code("denied")
        /// The work was ended on request.
        public static let cancelled = Code("cancelled")
        /// The file system or a stream failed.
        public static let io = Code("io")
        /// The database failed or refused.
        public static let database = Code("database")
        /// The source is older than what is published.
        public static let stale = Code("stale")
        /// A limit that protects memory or time was reached.
        public static let limit = Code("limit")
    }

    /// What kind of error it is.
    public let code: Code
    /// What happened and what the user can do; one or two sentences, no secrets.
    public let message: String
    /// The file, line, element, field or pointer the error is about; nil when there is none.
    public let place: String?

    /// Makes an error; `place` is nil where no file, line or field is to blame.
    public init(_ code: Code, _ message: String, place: String? = nil) {
        self.code = code
        self.message = message
        self.place = place
    }

    /// Place and message in one line, as a user sees them.
    public var description: String { place.map { "\($0): \(message)" } ?? message }
}
