/// A time without a change of the clock.
package struct ZoneSpan: Sendable, Hashable {
    /// The first second.
    package var start: Int64
    /// The second after the last; `Int64.max` where no change is known.
    package var end: Int64
    /// What the clock shows minus UTC, in seconds.
    package var offset: Int64
}
