import CCurl
import Glibc
import Synchronization

/// Runs transfers on one thread of its own, by libcurl's multi interface.
///
/// @unchecked Sendable holds because the mailbox is behind a lock, `curl_multi_wakeup` may be called by any thread, and
/// everything else is touched only by the loop's thread.
final class CurlLoop: @unchecked Sendable {
    private enum Command: Sendable {
        case start(Transfer)
        case cancel(Transfer)
    }

    private struct Mailbox {
        var commands: [Command] = []
        var isStopped = false
        /// The thread has seen the stop and takes nothing any more.
        var isClosed = false
    }

    private let settings: HTTPClientSettings
    private let mailbox = Mutex(Mailbox())
    private let multi: UnsafeMutableRawPointer
    private var queue: TransferQueue
    private var transfers: [UInt64: Transfer] = [:]
    private var transferOfHandle: [UnsafeMutableRawPointer: UInt64] = [:]

    /// Made once for the process, before any handle.
    private static let isReady = martlet_curl_global_init() == CURLE_OK

    /// Starts the thread.
    init(_ settings: HTTPClientSettings) throws(HTTPFailure) {
        guard Self.isReady, let multi = curl_multi_init() else {
            throw HTTPFailure(.connection, "libcurl cannot be used; check that it is installed as it should be.")
        }
        self.settings = settings
        self.multi = multi
        queue = TransferQueue(perHost: settings.transfersPerHost, total: settings.transfers)
        _ = martlet_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, max(settings.transfers, 16))
        let argument = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<CurlLoop>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, argument.toOpaque())
        guard result == 0 else {
            argument.release()
            throw HTTPFailure(.connection, "The system gives no more threads (error \(result)).")
        }
        pthread_detach(thread)
    }

    deinit { curl_multi_cleanup(multi) }

    /// Begins a transfer as soon as it is its turn; its answer comes in any case.
    func start(_ transfer: Transfer) {
        let isClosed = mailbox.withLock { box in
            if !box.isClosed { box.commands.append(.start(transfer)) }
            return box.isClosed
        }
        if isClosed { transfer.finish(.failure(.shutDown)) } else { curl_multi_wakeup(multi) }
    }

    /// Ends a transfer at once, wherever it is; nothing happens when it has ended.
    func cancel(_ transfer: Transfer) {
        mailbox.withLock { $0.commands.append(.cancel(transfer)) }
        curl_multi_wakeup(multi)
    }

    /// Ends all transfers, then the thread.
    func stop() {
        mailbox.withLock { $0.isStopped = true }
        curl_multi_wakeup(multi)
    }

    private func run() {
        while true {
            let (commands, isStopped) = mailbox.withLock { box in
                defer { box.commands = [] }
                if box.isStopped { box.isClosed = true }
                return (box.commands, box.isStopped)
            }
            for command in commands { carryOut(command) }
            if isStopped { break }
            beginWaiting()
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            if takeEnded() { continue }
            // A wake-up ends the wait, also one that came before it began.
            curl_multi_poll(multi, nil, 0, running > 0 ? 1_000 : 60_000, nil)
        }
        for transfer in transfers.values { end(transfer, .failure(.shutDown)) }
    }

    private func carryOut(_ command: Command) {
        switch command {
        case .start(let transfer):
            guard !transfer.isCancelled else { return transfer.finish(.failure(.wasCancelled)) }
            transfers[transfer.id] = transfer
            queue.add(transfer.id, host: transfer.slot)
        case .cancel(let transfer):
            // The cancel may come before the start.
            transfer.isCancelled = true
            if transfers[transfer.id] != nil { end(transfer, .failure(.wasCancelled)) }
        }
    }

    private func beginWaiting() {
        while let id = queue.next() {
            guard let transfer = transfers[id] else { continue }
            guard let handle = transfer.prepare(settings), curl_multi_add_handle(multi, handle) == CURLM_OK else {
                end(transfer, .failure(HTTPFailure(.invalidRequest, "libcurl refuses the request.")))
                continue
            }
            transferOfHandle[handle] = id
        }
    }

    /// Gives the answers of transfers that have ended; whether there were any.
    private func takeEnded() -> Bool {
        var left: Int32 = 0
        var any = false
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else { continue }
            let result = martlet_curl_message_result(message)
            guard let id = transferOfHandle[handle], let transfer = transfers[id] else { continue }
            any = true
            end(transfer, transfer.answer(of: result))
        }
        return any
    }

    private func end(_ transfer: Transfer, _ answer: Transfer.Answer) {
        transfers[transfer.id] = nil
        if let handle = transfer.handle {
            curl_multi_remove_handle(multi, handle)
            transferOfHandle[handle] = nil
            transfer.release()
            queue.end(host: transfer.slot)
        } else if !queue.withdraw(transfer.id, host: transfer.slot) {
            // It had its turn and never became a transfer.
            queue.end(host: transfer.slot)
        }
        transfer.finish(answer)
    }
}
