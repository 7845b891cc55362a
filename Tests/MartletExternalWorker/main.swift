import MartletCore
import MartletEngine

// A worker for tests to kill: runs the source whose JSON is its first argument in the directory that is its second, and
// says on standard output that it does.
let arguments = CommandLine.arguments
do {
    let source = try ExternalSource(json: try JSONValue.parse(arguments[1]))
    guard let provider = Provider(name: "aws") else { throw MartletError(.usage, "no provider") }
    let scope = ExternalScope(account: AccountKey(provider: provider, uid: "123456789012"))
    let run = try ExternalRun(source, scope: scope, directory: arguments[2])
    try await run.perform(log: { print($0) }, { _ in try await Task.sleep(for: .seconds(600)) })
} catch {
    print(error)
}
