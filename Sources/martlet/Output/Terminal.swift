import Glibc

/// What is known of the terminal that a stream goes to.
struct Terminal: Sendable {
    /// The stream is a terminal.
    let isTerminal: Bool
    /// Colours are wanted.
    let colors: Bool
    /// The number of columns; nil where nothing is to be cut.
    let width: Int?

    init(isTerminal: Bool, colors: Bool, width: Int?) {
        self.isTerminal = isTerminal
        self.colors = colors
        self.width = width
    }

    /// - Parameters:
    ///   - descriptor: The stream.
    ///   - noColor: The user asked for no colours.
    init(descriptor: Int32, noColor: Bool, environment: [String: String]) {
        isTerminal = isatty(descriptor) == 1
        let refused = noColor || !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
        colors = isTerminal && !refused
        width = isTerminal ? Self.columns(descriptor, environment) : nil
    }

    private static func columns(_ descriptor: Int32, _ environment: [String: String]) -> Int {
        var size = winsize()
        if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        if let text = environment["COLUMNS"], let columns = Int(text), (20...10_000).contains(columns) {
            return columns
        }
        return 80
    }
}
