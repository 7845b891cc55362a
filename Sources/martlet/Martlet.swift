import Glibc

/// The program.
@main
enum Martlet {
    /// The version that `martlet version` prints.
    static let version = "0.1.0"

    static func main() async {
        // A closed pipe is reported by write, not by a signal that kills the program in the middle of a scan.
        signal(SIGPIPE, SIG_IGN)
        let code = await Program.run(Array(CommandLine.arguments.dropFirst()))
        exit(code.rawValue)
    }
}
