import Glibc
import MartletCore
import MartletEngine
import MartletPolicy
import MartletStore

// A process of the queue for tests to kill, with short leases and batches of two findings.
//
//     jobs URL ID TENANT              works until the job has ended
//     mute URL ACCOUNT CHECK TENANT   adds a mute
let arguments = CommandLine.arguments
do {
    StatementTrace.start()
    let store = try await Store.open(url: arguments[2], tenant: arguments.last ?? "", create: false)
    if arguments[1] == "mute" {
        let rule = MuteRule(id: arguments[3], accounts: [arguments[3]], checks: [arguments[4]], reason: "known")
        try await Administration(store: store).addMute(rule)
    } else {
        try await TestWorker.run(store, url: arguments[2], until: arguments[3])
    }
    await store.close()
} catch {
    print(error)
    exit(1)
}
