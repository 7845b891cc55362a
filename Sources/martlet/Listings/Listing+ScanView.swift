import MartletCore
import MartletStore

extension Listing where Row == ScanView {
    /// `martlet scan`, in the formats for scripts.
    static var scanView: Listing {
        Listing(columns: [], fields: [], json: { $1.scanView($0) }, empty: "")
    }
}

extension Listing where Row == ScanReceipt {
    /// What `scan start`, `scan cancel` and `scan retry` answer.
    static var scanReceipt: Listing {
        Listing(
            columns: [Column("SCAN") { $0.id }, Column("STATE", style: { .state($0.state) }) { $0.state.rawValue }],
            fields: [("scan", { $0.id }), ("state", { $0.state.rawValue })],
            json: { receipt, writer in
                writer.field("scan", receipt.id)
                writer.field("state", receipt.state.rawValue)
            }, empty: "")
    }
}

/// The answer to a request about a scan.
struct ScanReceipt {
    let id: String
    let state: ScanState
}

extension JSONWriter {
    /// The members of a scan with those of its job. A scan without a job is an import's.
    mutating func scanView(_ view: ScanView) {
        let row = view.scan
        field("scan", row.id)
        account(row.account)
        said("source", row.source)
        said("origin", row.origin)
        field("state", row.state.rawValue)
        field("generation", row.generation)
        field("scope", row.scope)
        filters(row)
        field("attempts", row.attempts)
        field("losses", view.job?.losses ?? 0)
        field("progress", view.progress)
        field("progress_text", view.job?.progressText)
        field("observed_at", row.observedAt)
        field("queued_at", row.queuedAt)
        field("first_claimed_at", row.firstClaimedAt)
        field("claimed_at", row.claimedAt)
        field("finished_at", row.finishedAt)
        key("holder")
        if let holder = view.job?.holder { worker(holder) } else { null() }
        field("token", row.token)
        key("error")
        if let code = row.errorCode { error(code, row.errorMessage ?? "") } else { null() }
        key("findings")
        counts(row.counts)
        work(row)
        field("rejections", row.rejections)
        gaps(row.gaps)
    }

    /// What a scan was limited to.
    mutating func filters(_ row: ScanRow) {
        key("filters")
        if let filters = row.filters { value(filters) } else { null() }
    }

    /// Who holds something.
    mutating func worker(_ worker: Worker) {
        beginObject()
        field("worker", worker.name)
        field("pid", worker.pid)
        field("host", worker.host)
        endObject()
    }

    /// A failure as an object.
    mutating func error(_ code: String, _ message: String) {
        beginObject()
        field("code", code)
        field("message", message)
        endObject()
    }
}

extension ScanView {
    /// In percent, with one decimal; 100 for what is published.
    var progress: Double {
        if scan.state == .completed || scan.state == .completedWithGaps { return 100 }
        return Double(job?.progress ?? 0) / 10
    }
}

extension JobRow {
    /// Percent and what is being done.
    var progressLine: String {
        "\(Quantity.decimal(Double(progress) / 10, 1)) %" + (progressText.map { ", \($0)" } ?? "")
    }

    /// Who holds the job and until when, if they don't renew.
    var holderLine: String? {
        holder.map { "\($0.name) (\($0.host), process \($0.pid))" + (heldUntil.map { " until \($0.rfc3339)" } ?? "") }
    }

    /// Why it waits.
    var waitLine: String? {
        switch wait {
        case .worker: "a worker"
        case .time(let time): "\(time.rfc3339)" + (failure.map { ", after: \($0.message)" } ?? "")
        case .held(let holder, let until, let job):
            "\(holder.name), which holds the account until \(until.rfc3339) at least for \(job)"
        case nil: nil
        }
    }
}
