/// How leases are kept, in milliseconds (design.md, section 4).
public struct LeaseTiming: Sendable, Hashable {
    /// How long a lease lives without renewal.
    public var lifetime: Int64 = 7_000
    /// From the sending of one renewal to the next.
    public var renewal: Int64 = 2_000
    /// From one look for lost leases and cancelled jobs to the next.
    public var rescue: Int64 = 500

    /// The defaults.
    public init() {}

    /// Timings for a lifetime, in the proportions of the defaults: 2/7 of it between renewals, 1/14 between looks.
    public init(lifetime: Int64) {
        self.lifetime = max(lifetime, 14)
        renewal = self.lifetime * 2 / 7
        rescue = max(self.lifetime / 14, 1)
    }
}
