/// A program with everything that it is given: what a run starts.
struct ChildCommand: Sendable {
    /// Absolute.
    var executable: String
    /// The program's name first.
    var arguments: [String]
    /// `NAME=value`; the whole environment.
    var environment: [String]
    /// Values that are covered wherever they would be shown.
    var secrets: [String]
    /// Whether what it prints is its output; else it goes to the log.
    var printsOutput: Bool

    /// Calls back with arguments and environment as the system takes them. The texts hold no U+0000.
    func withVectors<Result>(
        _ body: (
            _ arguments: UnsafePointer<UnsafeMutablePointer<CChar>?>,
            _ environment: UnsafePointer<UnsafeMutablePointer<CChar>?>
        ) -> Result
    ) -> Result {
        Self.withVector(arguments) { arguments in Self.withVector(environment) { body(arguments, $0) } }
    }

    private static func withVector<Result>(
        _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let bytes = texts.map { Array($0.utf8CString) }
        var all: [CChar] = bytes.flatMap { $0 }
        return all.withUnsafeMutableBufferPointer { buffer in
            var pointers: [UnsafeMutablePointer<CChar>?] = []
            var offset = 0
            for text in bytes {
                pointers.append(buffer.baseAddress.map { $0 + offset })
                offset += text.count
            }
            pointers.append(nil)
            return withExtendedLifetime(pointers) {
                pointers.withUnsafeBufferPointer { pointers in
                    // An array that has an element has a base address.
                    withUnsafePointer(to: nil as UnsafeMutablePointer<CChar>?) { none in
                        body(pointers.baseAddress ?? none)
                    }
                }
            }
        }
    }
}
