import CMicroHTTPD

extension Exchange {
    /// Looks at the head once and starts the handler; says whether the request has a body.
    func begin(_ connection: OpaquePointer, method: String, version: String) -> Result<Bool, HTTPRefusal> {
        if let hasBody = state.withLock({ $0.hasStarted ? $0.hasBody : nil }) { return .success(hasBody) }
        do throws(HTTPRefusal) {
            let request = try read(connection, method: method, version: version)
            let hasBody = request.body.length != 0
            state.withLock { state in
                state.hasStarted = true
                state.hasBody = hasBody
                guard !state.isAborted else { return }
                state.task = Task.detached { [self] in answer(await server.handler(request)) }
            }
            return .success(hasBody)
        } catch { return .failure(error) }
    }

    private func read(
        _ connection: OpaquePointer, method: String, version: String
    ) throws(HTTPRefusal) -> HTTPRequest {
        let headers = try Self.headers(of: connection)
        let length = try RequestRules(limits: server.configuration.limits).bodyLength(
            method: method, version: version, headers: headers)
        let parsed: HTTPTarget
        do throws(HTTPTarget.Fault) { parsed = try HTTPTarget(target) } catch {
            throw HTTPRefusal(400, "parse_error", "The target of the request cannot be read: \(error.explanation).")
        }
        let body = length == 0 ? HTTPBody() : HTTPBody(length: length) { [self] in try await nextPiece() }
        return HTTPRequest(
            method: HTTPMethod(method), target: parsed, headers: headers, remoteAddress: Self.address(of: connection),
            isSecure: server.configuration.tls != nil, body: body)
    }

    private final class Collected {
        var fields: [HTTPHeaders.Field] = []
        var isText = true
    }

    private static func headers(of connection: OpaquePointer) throws(HTTPRefusal) -> HTTPHeaders {
        let collected = Collected()
        martlet_mhd_each_header(
            connection,
            { context, _, name, nameSize, value, valueSize in
                guard let context, let name else { return .NO }
                let collected = Unmanaged<Collected>.fromOpaque(context).takeUnretainedValue()
                let text = { (start: UnsafePointer<CChar>?, count: Int) in
                    String(
                        validating: UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count), as: UTF8.self
                    )
                }
                if let name = text(name, nameSize), let value = text(value, valueSize) {
                    collected.fields.append(HTTPHeaders.Field(name, value))
                } else {
                    collected.isText = false
                }
                return .YES
            }, Unmanaged.passUnretained(collected).toOpaque())
        guard collected.isText else { throw HTTPRefusal(400, "parse_error", "A header is not UTF-8.") }
        return HTTPHeaders(collected.fields)
    }

    private static func address(of connection: OpaquePointer) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            guard let base = buffer.baseAddress else { return "" }
            martlet_mhd_client_address(connection, base, buffer.count)
            let text = String(cString: base)
            // An IPv4 client of a socket for both versions.
            return text.hasPrefix("::ffff:") && text.contains(".") ? String(text.dropFirst(7)) : text
        }
    }
}
