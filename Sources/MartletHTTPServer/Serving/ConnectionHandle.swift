import CMicroHTTPD

// @unchecked Sendable holds because a connection is suspended and resumed only while the exchange that it belongs to is
// locked and not complete, and everything else is done by the thread of libmicrohttpd that calls back.
struct ConnectionHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    func suspend() { MHD_suspend_connection(pointer) }
    func resume() { MHD_resume_connection(pointer) }
}
