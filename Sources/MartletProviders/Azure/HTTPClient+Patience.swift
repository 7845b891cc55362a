import MartletCore
import MartletHTTPClient

extension HTTPClient {
    /// Sends a request that may be repeated, up to three times. Throws ``MartletError`` (`io`), or that the task was
    /// cancelled.
    func sendPatiently(_ request: HTTPRequest, place: String) async throws -> HTTPResponse {
        var policy = RetryPolicy()
        policy.attempts = 3
        var attempt = 1
        while true {
            let outcome: RetryPolicy.Outcome
            var result: Result<HTTPResponse, HTTPFailure>
            do throws(HTTPFailure) {
                let response = try await send(request)
                outcome = .status(response.status, retryAfter: response.retryAfter())
                result = .success(response)
            } catch {
                guard error.kind != .cancelled else { throw CancellationError() }
                outcome = .failure(error.kind)
                result = .failure(error)
            }
            guard attempt < 3, let pause = policy.pause(after: attempt, outcome, jitter: .random(in: 0...1)) else {
                return try result.mapError { MartletError(.io, $0.message, place: place) }.get()
            }
            try await Task.sleep(for: pause)
            attempt += 1
        }
    }
}
