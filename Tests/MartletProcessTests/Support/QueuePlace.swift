import Foundation
import MartletProgram
import MartletTestSupport
import Testing

/// A store for processes that share a queue, on each database.
enum QueuePlace: Sendable, CaseIterable, CustomTestStringConvertible {
    case sqlite, postgresql

    var testDescription: String { self == .sqlite ? "SQLite" : "PostgreSQL" }

    /// Runs `body` on a store of its own.
    func with(_ body: (QueueProcesses) async throws -> Void) async throws {
        let folder = try Folder()
        switch self {
        case .sqlite:
            try await body(QueueProcesses(folder: folder, url: "sqlite:\(folder.path("store.db"))"))
        case .postgresql:
            let place = try await PostgresPlace()
            do {
                try await body(QueueProcesses(folder: folder, url: place.url))
            } catch {
                await place.remove()
                throw error
            }
            await place.remove()
        }
    }
}

/// Short ways of asking the program about its queue.
struct QueueProcesses {
    var store: TestStore

    init(folder: Folder, url: String) {
        store = TestStore(folder: folder, environment: ["MARTLET_DATABASE": url])
    }

    /// The same with a key for secrets, without which nobody logs in on PostgreSQL.
    func withKey() throws -> QueueProcesses {
        var queue = self
        queue.store.environment["MARTLET_SECRET_KEY"] = try store.succeed(["secret", "key"])
            .trimmingCharacters(in: .newlines)
        return queue
    }

    func worker(_ options: String...) throws -> RunningProcess {
        try store.start(["worker", "--log-level", "info"] + options)
    }

    func json(_ arguments: String...) throws -> [String: Any] {
        let text = try store.succeed(arguments + ["-o", "json"])
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    func scan(_ id: String) throws -> [String: Any] { try json("scan", id) }

    func start(_ source: String, _ options: String...) throws -> String {
        let text = try store.succeed(
            ["scan", "start", "--account", "210987654321", "--source", "file:\(source)", "-o", "json"] + options)
        let answer = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(answer["state"] as? String == "queued" && answer.keys.sorted() == ["scan", "state"])
        return try #require(answer["scan"] as? String)
    }

    /// Asks until the scan is as wanted.
    @discardableResult
    func wait(
        for id: String, _ worker: RunningProcess? = nil, _ location: SourceLocation = #_sourceLocation,
        until isThere: ([String: Any]) -> Bool
    ) throws -> [String: Any] {
        let deadline = Date(timeIntervalSinceNow: 90)
        while true {
            let scan = try scan(id)
            if isThere(scan) { return scan }
            guard Date() < deadline else {
                Issue.record("never: \(scan) \(try worker?.errorsSoFar ?? "")", sourceLocation: location)
                throw NeverCame()
            }
            usleep(30_000)
        }
    }

    struct NeverCame: Error {}
}

/// A named pipe as a source: the scan waits for what the test writes.
final class HeldSource {
    let path: String
    private var descriptor: Int32

    init(_ folder: Folder) throws {
        path = folder.path("held-" + UUID().uuidString)
        try #require(mkfifo(path, 0o600) == 0)
        // For both directions: it is never closed to readers before the test says so.
        descriptor = open(path, O_RDWR | O_CLOEXEC)
    }

    deinit { end() }

    func write(_ text: String) {
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            start += count
        }
    }

    /// Takes away what nobody has read.
    func drain() {
        let reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        defer { close(reader) }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while read(reader, &buffer, buffer.count) > 0 {}
    }

    func end() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }
}
