import MartletCore
import MartletEngine
import MartletStore
import Synchronization

/// Two workers that take in scans, one after the other, for as long as something else is measured.
final class IngestLoad: Sendable {
    /// An account with two scans that differ by 1 %.
    struct Source: Sendable {
        let account: String
        let files: [String]
    }

    private let store: Store
    private let task: Task<Void, any Error>
    private let published: Published

    private final class Published: Sendable {
        let scans = Atomic<Int>(0)
        let findings = Atomic<Int>(0)
        let isEnding = Atomic<Bool>(false)
    }

    /// Asks for scans of all sources at the same time, each again as soon as it is published.
    init(_ sources: [Source], in store: Store) {
        self.store = store
        let published = Published()
        self.published = published
        task = Task {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for source in sources {
                    group.addTask {
                        var number = 0
                        while !published.isEnding.load(ordering: .relaxed) {
                            let file = source.files[number % source.files.count]
                            let read = try await Self.scan(file, of: source.account, in: store)
                            published.scans.add(1, ordering: .relaxed)
                            published.findings.add(read, ordering: .relaxed)
                            number += 1
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    /// Scans published and findings read so far.
    var figures: (scans: Int, findings: Int) {
        (published.scans.load(ordering: .relaxed), published.findings.load(ordering: .relaxed))
    }

    /// Ends after what is under way. Throws what went wrong meanwhile.
    func stop() async throws {
        published.isEnding.store(true, ordering: .relaxed)
        try await task.value
    }

    /// Asks for a scan. Gives its id.
    static func start(_ file: String, of account: String, in store: Store) async throws -> String {
        var order = ScanOrder(source: "file:" + file)
        order.isHistory = true
        return try await ScanQueue(store: store).start(account: account, order: order)
    }

    /// One scan from the request to its end; gives the findings that were read.
    private static func scan(_ file: String, of account: String, in store: Store) async throws -> Int {
        let id = try await start(file, of: account, in: store)
        while true {
            if let scan = try await store.readRetrying({ try $0.scan(id) }), scan.state.isFinal {
                guard scan.state == .completed || scan.state == .completedWithGaps else {
                    throw MartletError(.database, "a scan beside the measurement ended as \(scan.state.rawValue)")
                }
                return Int(scan.counts.read)
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
