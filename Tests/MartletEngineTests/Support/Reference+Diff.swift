import MartletCore
import MartletReference
import MartletStore

extension Reference {
    /// The differences between two scans, `from` before `to`, numbered from 0; -1 is before the first.
    func diff(from: Int, to: Int) throws -> [String: [DiffRow.Kind]] {
        let before = from < 0 ? Snapshot() : snapshots[from]
        let after = snapshots[to]
        let past = from < 0 ? [] : snapshots[...from]
        var kinds: [String: [DiffRow.Kind]] = [:]
        func add(_ key: Key, _ kind: DiffRow.Kind) throws { kinds[try key.fingerprint, default: []].append(kind) }
        for (key, now) in after.findings {
            let failing = now.said.status == .fail
            let everFailed = past.contains { $0.findings[key]?.said.status == .fail }
            guard let old = before.findings[key] else {
                let known = past.contains { $0.findings[key] != nil }
                try add(key, !known ? .new : failing && everFailed ? .reopened : .returned)
                continue
            }
            if now.seenIn <= from {
                try add(key, .unknown)
            } else if old.said != now.said {
                if old.said.status == .fail, now.said.status == .pass {
                    try add(key, .resolved)
                } else if failing, old.said.status != .fail, everFailed {
                    try add(key, .reopened)
                } else {
                    try add(key, old.said.status == now.said.status ? .updated : .changed)
                }
            }
        }
        for (key, old) in before.findings where after.findings[key] == nil {
            try add(key, old.said.status == .fail ? .resolved : .gone)
        }
        return kinds
    }
}
