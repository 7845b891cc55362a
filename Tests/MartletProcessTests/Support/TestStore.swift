import Foundation
import MartletProgram
import Testing

/// Short ways of running the program on the store of one folder.
struct TestStore {
    let folder: Folder
    /// Whether runs count for coverage.
    var isRecorded = true
    var environment: [String: String] = [:]

    /// Runs to the end, whatever comes out.
    func run(
        _ arguments: [String], crashPoint: Int? = nil, input: RunningProcess.Input = .nothing, seconds: Double = 60
    ) throws -> Binary.Result {
        try start(arguments, crashPoint: crashPoint, input: input).wait(seconds: seconds)
    }

    /// Runs and throws unless it ends well.
    @discardableResult
    func succeed(_ arguments: [String]) throws -> String {
        let result = try run(arguments)
        guard result.code == 0 else { throw Unsuccessful(arguments: arguments, result: result) }
        return result.output
    }

    func start(
        _ arguments: [String], crashPoint: Int? = nil, input: RunningProcess.Input = .nothing
    ) throws -> RunningProcess {
        var variables = environment
        if let crashPoint { variables["MARTLET_CRASH_POINT"] = String(crashPoint) }
        return try RunningProcess(
            arguments, environment: variables, input: input, isRecorded: isRecorded, in: folder)
    }

    struct Unsuccessful: Error, CustomStringConvertible {
        var arguments: [String]
        var result: Binary.Result

        var description: String {
            "martlet \(arguments.joined(separator: " ")) ended with \(result.code): \(result.errors)"
        }
    }
}
