import MartletCore
import MartletStore

/// What a worker needs for scans of external sources.
public struct ExternalScans: Sendable {
    /// Gives the findings of a file that a scanner wrote, and its size; `name` is what messages call it.
    public typealias Opener =
        @Sendable (_ path: String, _ name: String) throws -> (
            source: any FindingSource, bytes: Int?
        )

    let open: Opener
    let keys: @Sendable (Store) async throws -> SecretKeyRing
    let log: WorkerPool.Log

    /// - Parameters:
    ///   - open: Opens the files that scanners write.
    ///   - keys: Gives the keys of a store's secrets; asked only for sources that have some.
    ///   - log: Gets what scanners say, without secrets, with the id of the scan.
    public init(
        open: @escaping Opener, keys: @escaping @Sendable (Store) async throws -> SecretKeyRing,
        log: @escaping WorkerPool.Log
    ) {
        self.open = open
        self.keys = keys
        self.log = log
    }

    /// The files of a run as one source. Empty ones say nothing.
    func source(of result: ExternalResult) throws -> (source: JoinedSource, bytes: Int?) {
        var parts: [JoinedSource.Part] = []
        for path in result.files {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            let (source, bytes) = try open(path, name)
            if bytes != 0 { parts.append(JoinedSource.Part(source: source, bytes: bytes, name: name)) }
        }
        let bytes = parts.reduce(0) { $0 + ($1.bytes ?? 0) }
        return (JoinedSource(parts), bytes > 0 ? bytes : nil)
    }
}
