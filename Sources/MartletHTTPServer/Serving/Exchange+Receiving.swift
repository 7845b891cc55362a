import CMicroHTTPD

extension Exchange {
    /// Bytes of a body that nobody will read, after which the connection is closed rather than drained.
    private static let drainLimit: Int64 = 4 << 20

    /// A piece of the body has arrived; gives how many bytes of it were taken, nil to close the connection.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Int? {
        let (taken, reader) = state.withLock { state -> (Int?, CheckedContinuation<Void, Never>?) in
            if state.isAborted { return (nil, nil) }
            if state.response != nil || state.bodyFault != nil {
                state.discarded += Int64(bytes.count)
                return (state.discarded > Self.drainLimit ? nil : bytes.count, nil)
            }
            guard state.buffered < server.configuration.limits.bodyBuffer else {
                return (pause(&state) ? 0 : nil, nil)
            }
            state.received += Int64(bytes.count)
            record?.received(total: state.received)
            if state.received > server.configuration.limits.body {
                state.bodyFault = .tooLarge(limit: Int(clamping: server.configuration.limits.body))
            } else {
                state.pieces.append(Array(bytes))
                state.buffered += bytes.count
            }
            let reader = state.reader
            state.reader = nil
            return (bytes.count, reader)
        }
        reader?.resume()
        return taken
    }

    /// What the head's or the body's end is answered with: a response, or to go on and wait.
    enum Turn {
        case respond(HTTPResponse)
        case goOn
        case close
    }

    /// The thread asks what to do at the end of the head and at the end of the body.
    func turn(hasBody: Bool) -> Turn {
        let (turn, reader) = state.withLock { state -> (Turn, CheckedContinuation<Void, Never>?) in
            if state.isAborted { return (.close, nil) }
            // The library closes a connection that is answered before the end of the body, be it empty.
            if !hasBody, !state.isReceiving {
                state.isReceiving = true
                return (.goOn, nil)
            }
            if let response = state.response {
                state.isAnswered = true
                return (.respond(response), nil)
            }
            guard hasBody else { return (pause(&state) ? .goOn : .close, nil) }
            if !state.isReceiving {
                // The body is not read before the handler asks for it, so that it can be refused unread.
                if state.wantsBody {
                    state.isReceiving = true
                    record?.beginBody()
                    return (.goOn, nil)
                }
                return (pause(&state) ? .goOn : .close, nil)
            }
            state.bodyEnded = true
            let reader = state.reader
            state.reader = nil
            return (pause(&state) ? .goOn : .close, reader)
        }
        reader?.resume()
        return turn
    }

    /// The next piece of the body for the handler.
    func nextPiece() async throws -> [UInt8]? {
        while true {
            enum Step {
                case piece([UInt8])
                case end
                case fault(HTTPBody.Fault)
                case wait
            }
            let step = state.withLock { state -> Step in
                if !state.wantsBody {
                    state.wantsBody = true
                    wake(&state)
                }
                if !state.pieces.isEmpty {
                    let joined = state.pieces.count == 1 ? state.pieces[0] : Array(state.pieces.joined())
                    state.pieces.removeAll(keepingCapacity: true)
                    state.buffered = 0
                    wake(&state)
                    return .piece(joined)
                }
                if let fault = state.bodyFault { return .fault(fault) }
                if state.bodyEnded { return .end }
                return state.isAborted ? .fault(.interrupted) : .wait
            }
            switch step {
            case .piece(let piece): return piece
            case .end: return nil
            case .fault(let fault): throw fault
            case .wait: await waitForBody()
            }
        }
    }

    private func waitForBody() async {
        await withCheckedContinuation { continuation in
            let isReady = state.withLock { state in
                if !state.pieces.isEmpty || state.bodyEnded || state.bodyFault != nil || state.isAborted { return true }
                state.reader = continuation
                return false
            }
            if isReady { continuation.resume() }
        }
    }
}
