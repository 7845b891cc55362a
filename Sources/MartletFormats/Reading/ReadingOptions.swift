/// How a file of findings is read.
public struct ReadingOptions: Sendable, Hashable {
    /// How many findings a batch has at most: 1 to 100,000, values outside are brought into that range. A batch also ends
    /// after 16 MiB of elements, so that large findings don't make large batches.
    public var batchSize: Int
    /// The longest element or line in bytes, 1 KiB to 256 MiB; longer ones are rejected without being kept.
    public var maximumElementBytes: Int
    /// What errors and rejections call the file; nil for its path.
    public var name: String?

    /// See the properties; a value outside its range is brought into it.
    public init(batchSize: Int = 3000, maximumElementBytes: Int = 16 << 20, name: String? = nil) {
        self.batchSize = batchSize
        self.maximumElementBytes = maximumElementBytes
        self.name = name
    }

    /// The same with every value inside its range.
    var clamped: ReadingOptions {
        var copy = self
        copy.batchSize = min(max(batchSize, 1), 100_000)
        copy.maximumElementBytes = min(max(maximumElementBytes, 1 << 10), 256 << 20)
        return copy
    }
}
