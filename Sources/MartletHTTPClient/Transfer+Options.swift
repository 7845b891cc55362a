import CCurl
import Glibc

extension Transfer {
    /// Makes curl's handle for the request. Nil when there is no memory or curl refuses an option.
    func prepare(_ settings: HTTPClientSettings) -> UnsafeMutableRawPointer? {
        guard let handle = curl_easy_init() else { return nil }
        self.handle = handle
        var options = TransferOptions(handle)
        options.text(CURLOPT_URL, request.url)
        options.text(CURLOPT_PROTOCOLS_STR, "http,https")
        options.number(CURLOPT_FOLLOWLOCATION, 0)
        options.number(CURLOPT_NOSIGNAL, 1)
        options.number(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        options.number(CURLOPT_TCP_KEEPALIVE, 1)
        options.number(CURLOPT_TIMEOUT_MS, Self.milliseconds(request.timeout))
        options.number(CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(settings.connectTimeout))
        options.text(CURLOPT_ACCEPT_ENCODING, "")
        options.text(CURLOPT_USERAGENT, settings.userAgent)
        if let file = settings.certificateAuthorities { options.text(CURLOPT_CAINFO, file) }
        if policy != .any || settings.pinsHosts {
            options.text(CURLOPT_PROXY, "")
        } else if let proxy = settings.proxy {
            options.text(CURLOPT_PROXY, proxy)
        }
        setMethod(&options)
        setLists(&options)
        setCallbacks(&options)
        return options.isGood ? handle : nil
    }

    /// Gives back what curl holds.
    func release() {
        if let handle { curl_easy_cleanup(handle) }
        handle = nil
        for list in lists { curl_slist_free_all(list) }
        lists = []
    }

    private func setMethod(_ options: inout TransferOptions) {
        switch (request.method, request.body) {
        case ("GET", nil): break
        case ("HEAD", _): options.number(CURLOPT_NOBODY, 1)
        case (let method, let body):
            options.text(CURLOPT_CUSTOMREQUEST, method)
            guard body != nil || method == "POST" || method == "PUT" else { break }
            let body = body ?? []
            options.offset(CURLOPT_POSTFIELDSIZE_LARGE, body.count)
            options.bytes(CURLOPT_COPYPOSTFIELDS, body)
        }
    }

    private func setLists(_ options: inout TransferOptions) {
        // Without this curl waits for a 100 that many servers never send.
        let lines = ["Expect:"] + request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        if let list = options.list(CURLOPT_HTTPHEADER, lines) { lists.append(list) }
        guard let pinned = request.pinnedAddress else { return }
        let address = pinned.contains(":") ? "[\(pinned)]" : pinned
        let line = "\(target.host):\(target.port):\(address):\(target.port)"
        if let list = options.list(CURLOPT_CONNECT_TO, [line]) { lists.append(list) }
    }

    private func setCallbacks(_ options: inout TransferOptions) {
        // The loop keeps the transfer alive as long as its handle.
        let context = Unmanaged.passUnretained(self).toOpaque()
        options.pointer(CURLOPT_PRIVATE, context)
        options.pointer(CURLOPT_WRITEDATA, context)
        options.pointer(CURLOPT_HEADERDATA, context)
        options.function(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            guard let bytes, let context else { return 0 }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return transfer.take(body: piece) ? piece.count : 0
        }
        options.function(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            guard let bytes, let context else { return 0 }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
            return transfer.take(header: line) ? line.count : 0
        }
        guard policy != .any else { return }
        options.pointer(CURLOPT_OPENSOCKETDATA, context)
        options.socketFunction { context, _, address in
            guard let context, let address else { return martlet_curl_bad_socket() }
            let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
            return transfer.admits(IPAddress(address)) ? openSocket(address) : martlet_curl_bad_socket()
        }
    }

    private static func milliseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        return max(1, Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000))
    }
}

/// What curl does itself where nobody asks.
private func openSocket(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
    let kind = address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
    return socket(address.pointee.family, kind, address.pointee.`protocol`)
}

extension IPAddress {
    /// The address that curl is about to connect to.
    fileprivate init?(_ address: UnsafeMutablePointer<curl_sockaddr>) {
        // The structure ends with a `sockaddr`, behind which the rest of longer addresses lies.
        guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return nil }
        let bytes = UnsafeRawBufferPointer(
            start: UnsafeRawPointer(address).advanced(by: offset), count: Int(address.pointee.addrlen))
        self.init(bytes, family: address.pointee.family)
    }
}
