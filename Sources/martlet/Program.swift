import MartletCore

/// Reads the command line, runs the command and turns errors into messages and exit codes.
enum Program {
    /// Not isolated: what `main` calls directly would run on the main actor with all its closures.
    nonisolated static func run(_ arguments: [String]) async -> ExitCode {
        let environment = ProcessEnvironment.read()
        do {
            let parsed = try ArgumentParser.parse(arguments, environment: environment)
            return try await Session(arguments: parsed, environment: environment).run()
        } catch is OutputClosed {
            return .success
        } catch let error as MartletError {
            Log.write("martlet: \(error.description)")
            return error.code == .usage ? .usage : .failure
        } catch is CancellationError {
            return .failure
        } catch {
            Log.write("martlet: \(error)")
            return .failure
        }
    }
}
