import Glibc

/// The benchmark program.
@main
enum MartletBench {
    static func main() async {
        signal(SIGPIPE, SIG_IGN)
        let code = await BenchProgram.run(Array(CommandLine.arguments.dropFirst()))
        exit(code)
    }
}
