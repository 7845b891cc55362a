import MartletCore

/// A scanner of others that Martlet runs: what to run, where its findings are, and what it may use.
///
/// It is stored as a JSON document (``json``) and holds no secrets, only the names of those it is given.
public struct ExternalSource: Sendable, Hashable {
    /// What the source is called: 1 to 64 lower-case letters, digits, `-` and `_`, a letter or digit first.
    public var name: String
    /// The program and its arguments.
    public var command: ExternalCommand
    /// Where the findings are.
    public var output: ExternalOutputPlace
    /// Seconds after which it is ended: 1 to 604,800, a week.
    public var timeout: Int
    /// Bytes that standard output, and any one file it writes, may have: 1 KiB to 1 TiB.
    public var outputLimit: Int64
    /// Bytes that all it keeps on disk may have: ``outputLimit`` to 1 TiB.
    public var diskLimit: Int64
    /// Bytes of address space for each process, 64 MiB to 1 TiB; nil for no limit. Programs with a garbage collector or a
    /// just-in-time compiler reserve much more than they use.
    public var memoryLimit: Int64?
    /// Exit codes, 1 to 255, that mean "done, and there are findings", as Prowler's 3. 0 is always a success.
    public var findingsExitCodes: Set<Int32>
    /// Variables of its environment that are no secrets, by name.
    public var environment: [String: String]
    /// The secrets that it hands to its scanner as variables.
    public var secrets: [ExternalSecret]

    /// A source with the defaults: 6 hours, 2 GiB of output, 8 GiB on disk. Nothing is checked until ``validate()``.
    public init(name: String, command: ExternalCommand, output: ExternalOutputPlace) {
        self.name = name
        self.command = command
        self.output = output
        timeout = 21_600
        outputLimit = 2 << 30
        diskLimit = 8 << 30
        memoryLimit = nil
        findingsExitCodes = []
        environment = [:]
        secrets = []
    }
}
