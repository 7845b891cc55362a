import CMicroHTTPD

extension Exchange {
    /// Makes the answer of libmicrohttpd and queues it.
    func queue(_ response: HTTPResponse, on connection: OpaquePointer, closing: Bool) -> MHD_Result {
        var made: OpaquePointer?
        switch response.body {
        case .none: made = MHD_create_response_from_buffer(0, nil, .RESPMEM_PERSISTENT)
        case .bytes(let bytes):
            made = bytes.withUnsafeBytes { raw in
                MHD_create_response_from_buffer(
                    raw.count, UnsafeMutableRawPointer(mutating: raw.baseAddress), .RESPMEM_MUST_COPY)
            }
        case .stream(let stream):
            state.withLock { $0.stream = stream }
            let context = Unmanaged.passRetained(self).toOpaque()
            made = MHD_create_response_from_callback(
                UInt64.max, 32 << 10,
                { context, _, buffer, size in
                    guard let context, let buffer else { return martlet_mhd_end_with_error() }
                    let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
                    return exchange.fill(UnsafeMutableRawBufferPointer(start: buffer, count: size))
                }, context,
                { context in
                    guard let context else { return }
                    let exchange = Unmanaged<Exchange>.fromOpaque(context).takeRetainedValue()
                    exchange.endStream()
                })
            if made == nil { Unmanaged<Exchange>.fromOpaque(context).release() }
        }
        guard let made else { return .NO }
        defer { MHD_destroy_response(made) }
        for field in response.headers.fields { MHD_add_response_header(made, field.name, field.value) }
        if closing { MHD_add_response_header(made, "Connection", "close") }
        return MHD_queue_response(connection, UInt32(clamping: response.status), made)
    }

    /// Gives bytes of the stream; suspends the connection where there are none yet.
    private func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        state.withLock { state in
            if state.isAborted || state.streamFailed { return martlet_mhd_end_with_error() }
            if state.offset < state.chunk.count {
                let count = min(buffer.count, state.chunk.count - state.offset)
                state.chunk.withUnsafeBytes { raw in
                    buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: raw[state.offset..<state.offset + count]))
                }
                state.offset += count
                // While the last bytes go out the next piece is made.
                if state.offset == state.chunk.count {
                    state.chunk = []
                    state.offset = 0
                    pull(&state)
                }
                return count
            }
            if state.streamEnded { return martlet_mhd_end_of_stream() }
            pull(&state)
            return pause(&state) ? 0 : martlet_mhd_end_with_error()
        }
    }

    private func pull(_ state: inout State) {
        guard !state.isPulling, !state.streamEnded, let stream = state.stream else { return }
        state.isPulling = true
        state.task = Task.detached { [self] in
            let result: Result<[UInt8]?, any Error>
            do {
                var piece = try await stream.next()
                while piece?.isEmpty ?? false { piece = try await stream.next() }
                result = .success(piece)
            } catch { result = .failure(error) }
            self.state.withLock { state in
                state.isPulling = false
                switch result {
                case .success(let piece?): state.chunk = piece
                case .success(nil): state.streamEnded = true
                // What was ended by a stop is whole as far as it goes.
                case .failure: if !state.streamEnded { state.streamFailed = true }
                }
                self.wake(&state)
            }
        }
    }

    /// The answer is over, read or not.
    private func endStream() {
        let task = state.withLock { state in
            state.stream = nil
            return state.task
        }
        task?.cancel()
    }
}
