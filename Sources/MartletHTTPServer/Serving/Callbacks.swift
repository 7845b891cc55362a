import CMicroHTTPD

/// What libmicrohttpd calls on the threads of pollers, which are their context. None of it waits.
enum Callbacks {
    /// A client wants to connect.
    static let admit: MHD_AcceptPolicyCallback = { context, address, _ in
        guard let context, let address else { return .NO }
        return Unmanaged<Poller>.fromOpaque(context).takeUnretainedValue().admit(ClientAddress(address)) ? .YES : .NO
    }

    /// A connection begins or has ended.
    static let connection: MHD_NotifyConnectionCallback = { context, connection, slot, code in
        guard let context, let connection, let slot else { return }
        let poller = Unmanaged<Poller>.fromOpaque(context).takeUnretainedValue()
        let server = poller.core
        if martlet_mhd_is_start(code) != 0 {
            let record = ConnectionRecord(
                socket: martlet_mhd_socket(connection), address: poller.takeAdmitted(),
                limits: server.configuration.limits, certificate: server.certificate.withLock { $0 })
            server.begin(record)
            slot.pointee = Unmanaged.passRetained(record).toOpaque()
        } else if let pointer = slot.pointee {
            slot.pointee = nil
            server.end(Unmanaged<ConnectionRecord>.fromOpaque(pointer).takeRetainedValue())
        }
    }

    /// A handshake needs a certificate: that of its connection, which keeps it for as long as it lasts.
    static let certificate: martlet_tls_choice = {
        session, _, chain, count, staples, stapleCount, key, flags in
        guard let session, let context = martlet_tls_socket_context(session), let chain, let count, let key,
            let flags
        else { return -1 }
        let record = Unmanaged<ConnectionRecord>.fromOpaque(context).takeUnretainedValue()
        guard let pair = record.certificate?.pair else { return -1 }
        chain.pointee = martlet_tls_chain(pair)
        count.pointee = pair.pointee.count
        staples?.pointee = nil
        stapleCount?.pointee = 0
        key.pointee = pair.pointee.key
        flags.pointee = 0
        return 0
    }

    /// A request line has been read; what is returned becomes the request's slot.
    static let target:
        @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) -> UnsafeMutableRawPointer? = {
            context, text, connection in
            guard let context, let text, let connection else { return nil }
            let poller = Unmanaged<Poller>.fromOpaque(context).takeUnretainedValue()
            let record = martlet_mhd_socket_context(connection).map {
                Unmanaged<ConnectionRecord>.fromOpaque($0).takeUnretainedValue()
            }
            record?.beginHead()
            let exchange = Exchange(
                connection: ConnectionHandle(pointer: connection, signal: poller.signal), server: poller.core,
                record: record, target: String(cString: text))
            poller.core.begin(exchange)
            return Unmanaged.passRetained(exchange).toOpaque()
        }

    /// A request is over.
    static let completed: MHD_RequestCompletedCallback = { _, _, slot, _ in
        guard let slot, let pointer = slot.pointee else { return }
        slot.pointee = nil
        let exchange = Unmanaged<Exchange>.fromOpaque(pointer).takeRetainedValue()
        exchange.complete()
        exchange.record?.rest()
        exchange.server.end(exchange)
    }

    /// The head is complete, a piece of the body has come, or the body is complete.
    static let access: MHD_AccessHandlerCallback = { _, connection, _, method, version, data, size, slot in
        guard let connection, let method, let version, let size, let pointer = slot?.pointee else { return .NO }
        let exchange = Unmanaged<Exchange>.fromOpaque(pointer).takeUnretainedValue()
        if size.pointee > 0, let data {
            guard let taken = exchange.receive(UnsafeRawBufferPointer(start: data, count: size.pointee)) else {
                return .NO
            }
            size.pointee -= taken
            return .YES
        }
        let isClosing = exchange.server.isStopping
        let hasBody: Bool
        switch exchange.begin(
            connection, method: String(cString: method), version: String(cString: version))
        {
        case .success(let has): hasBody = has
        case .failure(let refusal):
            return exchange.queue(exchange.server.refusal(refusal), on: connection, closing: true)
        }
        switch exchange.turn(hasBody: hasBody) {
        case .respond(let response): return exchange.queue(response, on: connection, closing: isClosing)
        case .goOn: return .YES
        case .close: return .NO
        }
    }
}
