import MartletCore
import MartletStore

extension WorkerPool {
    /// Renews the leases of all running jobs together, and ends the work whose lease is lost or whose limit is reached.
    func renewLoop() async {
        while !Task.isCancelled {
            let now = MonotonicTime.now()
            pulse.beat(.renew, at: now)
            var next = now + settings.timing.rescue
            var due: [Int64] = []
            for (token, entry) in running {
                var lease = entry.lease
                switch lease.step(at: now) {
                case .wait(let until): next = min(next, until)
                case .renew: due.append(token)
                case .stop: running[token]?.end(.lost, at: now)
                }
                running[token]?.lease = lease
                if let limit = entry.limit(settings.limits, at: now) { running[token]?.end(limit, at: now) }
            }
            if !due.isEmpty, !isRenewing {
                isRenewing = true
                // Not waited for: a database that is silent must not keep deadlines from being seen.
                Task { [due] in await self.renew(due) }
            }
            endOverdue(at: now)
            try? await Task.sleep(for: .milliseconds(max(1, next - MonotonicTime.now())))
        }
    }

    private func renew(_ tokens: [Int64]) async {
        let leases = tokens.prefix(ClaimRequest.maximum).compactMap { running[$0]?.context.job.lease }
        let lifetime = settings.timing.lifetime
        let sentAt = MonotonicTime.now()
        for lease in leases { running[lease.token]?.lease.sent(at: sentAt) }
        var answers: [LeaseRenewal] = []
        do {
            answers = try await control.write { try Jobs.renew(leases, lifetime: lifetime, $0) }
        } catch {
            log(nil, "leases could not be renewed: \(error)")
            answers = leases.map { LeaseRenewal(token: $0.token, answer: .unknown, isCancelRequested: false) }
        }
        let now = MonotonicTime.now()
        for answer in answers {
            running[answer.token]?.lease.answered(answer.answer, sentAt: sentAt, at: now)
            if running[answer.token]?.lease.isLost == true { running[answer.token]?.end(.lost, at: now) }
            if answer.isCancelRequested { running[answer.token]?.end(.cancelled, at: now) }
        }
        isRenewing = false
    }
}
