/// What an expression may cost. Reaching a limit is an error of the expression, never a crash or a hang.
public struct CELLimits: Sendable, Hashable {
    /// The longest source, in bytes of UTF-8.
    public var sourceBytes = 32 << 10
    /// How deep an expression may be nested. A chain such as `a + b + c` nests to the left and counts its links, too.
    public var depth = 128
    /// What one evaluation may do, in steps: about one for each node that is evaluated in a comprehension, each
    /// element that a function looks at, and each 16 bytes of text. At about 50 million a second, a fifth of a second.
    public var steps = 10_000_000
    /// What one evaluation may build, in cells: one for each element of a new list, two for each entry of a new map, and
    /// one for every 16 bytes of new text. A cell takes 16 to 64 bytes.
    public var cells = 1_000_000
    /// The longest regular expression, in bytes of UTF-8.
    public var patternBytes = 1_000
    /// The most states of a regular expression after repetitions are written out.
    public var patternStates = 5_000

    /// The limits for expressions from files that a user may have written.
    public init() {}
}
