import CCurl

extension Transfer {
    /// What a transfer that has ended comes to.
    func answer(of code: CURLcode) -> Answer {
        if let refusedAddress {
            return .failure(
                HTTPFailure(
                    .refusedAddress,
                    "\(target.host) has the address \(refusedAddress), which is not of the public internet; "
                        + "such addresses are not connected to."))
        }
        if isTooLarge {
            return .failure(
                HTTPFailure(.tooLarge, "\(target.origin) answered with more than \(request.maximumBodyBytes) bytes."))
        }
        guard code == CURLE_OK else { return .failure(HTTPFailure(Self.kind(of: code), message(of: code))) }
        var status = 0
        guard let handle, martlet_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK, status >= 100
        else {
            return .failure(HTTPFailure(.broken, "\(target.origin) did not answer in HTTP."))
        }
        return .success(HTTPResponse(status: status, headers: headers, body: body))
    }

    private static func kind(of code: CURLcode) -> HTTPFailure.Kind {
        switch code {
        case CURLE_URL_MALFORMAT: .invalidRequest
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .unknownHost
        case CURLE_COULDNT_CONNECT: .connection
        case CURLE_OPERATION_TIMEDOUT: .timeout
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            .untrusted
        default: .broken
        }
    }

    private func message(of code: CURLcode) -> String {
        switch Self.kind(of: code) {
        case .unknownHost: "The name \(target.host) is unknown, or the proxy's is."
        case .connection: "\(target.origin) cannot be connected to."
        case .timeout: "\(target.origin) took longer than \(request.timeout) to answer."
        case .untrusted: "\(target.origin) is not trusted (\(String(cString: curl_easy_strerror(code))))."
        default: "\(target.origin) broke off (\(String(cString: curl_easy_strerror(code))))."
        }
    }
}

extension HTTPFailure {
    static let wasCancelled = HTTPFailure(.cancelled, "The request was cancelled.")
    static let shutDown = HTTPFailure(.cancelled, "The client has shut down.")
}
