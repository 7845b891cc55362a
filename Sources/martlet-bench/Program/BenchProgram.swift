import Glibc
import MartletCore

/// Chooses the command and turns errors into messages and exit codes: 0 fine, 1 failed, 2 wrong usage.
enum BenchProgram {
    /// Not isolated: what `main` calls directly would run on the main actor with all its closures.
    nonisolated static func run(_ arguments: [String]) async -> Int32 {
        do {
            try await dispatch(arguments)
            return 0
        } catch let error as MartletError {
            write("martlet-bench: \(error.description)\n", to: STDERR_FILENO)
            return error.code == .usage ? 2 : 1
        } catch {
            write("martlet-bench: \(error)\n", to: STDERR_FILENO)
            return 1
        }
    }

    nonisolated private static func dispatch(_ arguments: [String]) async throws {
        let rest = Array(arguments.dropFirst())
        switch arguments.first {
        case "import":
            try await ImportBenchmark(options: BenchOptions(rest, known: ImportBenchmark.optionNames)).run()
        case "compliance":
            try await ComplianceBenchmark(options: BenchOptions(rest, known: ComplianceBenchmark.optionNames)).run()
        case "read":
            try await ReadBenchmark(options: BenchOptions(rest, known: ReadBenchmark.optionNames)).run()
        case "api":
            try await APIBenchmark(options: BenchOptions(rest, known: APIBenchmark.optionNames)).run()
        case "queue":
            try QueueBenchmark(options: BenchOptions(rest, known: QueueBenchmark.optionNames)).run()
        case "chaos":
            try await ChaosBenchmark(options: BenchOptions(rest, known: ChaosBenchmark.optionNames)).run()
        case "cel":
            try ExpressionBenchmark(options: BenchOptions(rest, known: ExpressionBenchmark.optionNames)).run()
        case "scan" where rest.first == "azure":
            let options = Array(rest.dropFirst())
            try await AzureBenchmark(options: BenchOptions(options, known: AzureBenchmark.optionNames)).run()
        case "generate":
            try GenerateCommand.run(BenchOptions(rest, known: GenerateCommand.optionNames))
        case "sample":
            try SampleCommand.run(rest)
        case "simulate":
            try await SimulateCommand(BenchOptions(rest, known: SimulateCommand.optionNames)).run()
        case Phase.command:
            try await Phase.run(rest)
        case "help", "--help", "-h":
            write(HelpText.text, to: STDOUT_FILENO)
        case let name:
            throw MartletError(
                .usage, name.map { "there is no command '\($0)'" } ?? "a command is missing; see martlet-bench --help")
        }
    }

    /// Writes a short message; a closed descriptor is nobody's concern.
    nonisolated static func write(_ text: String, to descriptor: Int32) {
        try? OutputFile(descriptor: descriptor).write(Array(text.utf8))
    }
}
