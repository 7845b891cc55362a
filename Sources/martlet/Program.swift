import MartletCore

/// Reads the command line, runs the command and turns errors into messages and exit codes.
enum Program {
    /// Not isolated: what `main` calls directly would run on the main actor with all its closures.
    nonisolated static func run(_ arguments: [String]) async -> ExitCode {
        do {
            let configuration = try ConfigurationFile(
                arguments: arguments, environment: ProcessEnvironment.read())
            let environment = configuration.environment
            let parsed = try ArgumentParser.parse(arguments, environment: environment)
            let session = Session(arguments: parsed, environment: environment, origins: configuration.origins)
            do { return try await session.run() } catch let error as MartletError where session.log.format == .json {
                session.log.error(error.description)
                return error.code == .usage ? .usage : .failure
            }
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
