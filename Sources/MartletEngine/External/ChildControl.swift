import CProcess
import Glibc
import Synchronization

/// The worker's end of what tells a guardian to end its run; usable from every thread, also before there is a guardian.
final class ChildControl: Sendable {
    private struct State {
        var descriptor: Int32 = -1
        var isEnded = false
    }

    private let state = Mutex(State())

    deinit { close() }

    /// Whether ``end()`` was called.
    var isEnded: Bool { state.withLock { $0.isEnded } }

    /// Takes over the descriptor; if the run is to end already, says so at once.
    func open(_ descriptor: Int32) {
        state.withLock { state in
            state.descriptor = descriptor
            if state.isEnded { martlet_process_end(descriptor) }
        }
    }

    /// Has the scanner ended: asked first, killed after the grace. Calling it again changes nothing.
    func end() {
        state.withLock { state in
            guard !state.isEnded else { return }
            state.isEnded = true
            if state.descriptor >= 0 { martlet_process_end(state.descriptor) }
        }
    }

    /// Has the guardian end everything at once, remove the directory and exit.
    func close() {
        state.withLock { state in
            if state.descriptor >= 0 { Glibc.close(state.descriptor) }
            state.descriptor = -1
        }
    }
}
