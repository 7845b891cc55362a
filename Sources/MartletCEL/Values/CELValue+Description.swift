extension CELValue: CustomStringConvertible {
    /// The value as text, as `%s` shows it; cut off where it is long.
    public var description: String { description(limit: 1_000) }

    /// The value as text of at most so many characters, for messages.
    public func description(limit: Int) -> String {
        var limits = CELLimits()
        limits.cells = 100_000
        limits.steps = 100_000
        var budget = CELBudget(limits)
        do throws(CELFault) {
            let text = try TextPrinter.text(self, &budget)
            return text.unicodeScalars.count <= limit ? text : String(text.unicodeScalars.prefix(limit)) + "…"
        } catch {
            return "…"
        }
    }

    /// The bytes of a text in base64; nil when it is not.
    public static func bytes(base64 text: String) -> CELValue? { EncoderFunctions.bytes(of: text).map { .bytes($0) } }
}
