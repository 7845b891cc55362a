import CMicroHTTPD

// @unchecked Sendable holds because a connection is suspended and resumed only while the exchange that it belongs to is
// locked and not complete, and everything else is done by the thread of its poller, which calls back.
struct ConnectionHandle: @unchecked Sendable {
    let pointer: OpaquePointer
    let signal: WakeSignal

    func suspend() { MHD_suspend_connection(pointer) }

    /// The library only takes a note; the poller has to be woken to look at it.
    func resume() {
        MHD_resume_connection(pointer)
        signal.raise()
    }
}
