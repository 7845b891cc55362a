import MartletCore
import MartletHTTPClient
import Synchronization

/// Makes calls to Azure: tokens, repetition, throttling, limits. An answer is either usable or a ``CallFailure``.
public final class AzureClient: Sendable {
    let addresses: AzureAddresses
    private let http: HTTPClient
    private let tokens: TokenCache
    private let retry: RetryPolicy
    private let timeout: Duration
    private let states = HostStates()
    private let state = Mutex(CallCounts())

    /// The most bytes of one answer.
    private static let maximumBytes = 64 << 20

    /// Calls as an identity.
    ///
    /// - Parameters:
    ///   - timeout: How long one answer may take.
    ///   - environment: Where App Service says how to get tokens.
    /// - Throws: ``MartletError`` (`invalid_input`) for credentials that cannot be used.
    public init(
        credential: AzureCredential, addresses: AzureAddresses, http: HTTPClient, retry: RetryPolicy = RetryPolicy(),
        timeout: Duration = .seconds(60), environment: [String: String] = [:]
    ) throws(MartletError) {
        self.addresses = addresses
        self.http = http
        self.retry = retry
        self.timeout = timeout
        tokens = TokenCache(try credential.source(addresses, http: http, environment: environment))
    }

    /// What has been asked so far.
    public var counts: CallCounts { state.withLock { $0 } }

    /// Gets a token for Azure Resource Manager. Throws ``MartletError`` that tells what is wrong with the credentials.
    func authenticate() async throws {
        _ = try await tokens.token(for: addresses.cloud.audience(of: .arm))
    }

    /// What a call answers with.
    func answer(_ call: AzureCall) async -> Result<AzureAnswer, CallFailure> {
        let result = await attempts(call)
        if case .failure(let failure) = result, failure.kind != .cancelled { state.withLock { $0.failed += 1 } }
        return result
    }

    private func attempts(_ call: AzureCall) async -> Result<AzureAnswer, CallFailure> {
        let host = (try? HTTPTarget(addresses.destination(of: call.url)).origin) ?? call.url
        guard !states.with(host, { $0.isSilent }) else {
            return .failure(Self.failure(call, "\(host) has not answered for a while; it was not asked any more."))
        }
        var attempt = 1
        var hasNewToken = false
        while true {
            guard (try? await states.waitForTurn(host)) != nil, !Task.isCancelled else {
                return .failure(.cancelled(call))
            }
            let token: AccessToken
            switch await self.token(for: call) {
            case .success(let held): token = held
            case .failure(let failure): return .failure(failure)
            }
            let answer = await send(call, token, isRepeated: attempt > 1)
            if case .failed(.status(401, _), _) = answer, !hasNewToken {
                // It may have ended early, or been taken back.
                hasNewToken = true
                await tokens.forget(token, for: addresses.cloud.audience(of: call.host))
                continue
            }
            switch answer {
            case .answer(let answer):
                states.with(host) { $0.noteAnswer() }
                return .success(answer)
            case .failed(.failure(.cancelled), _): return .failure(.cancelled(call))
            case .failed(let outcome, let failure):
                guard let pause = pause(after: attempt, outcome, host) else {
                    note(outcome, host)
                    return .failure(failure)
                }
                if case .status(_, retryAfter: _?) = outcome {
                    states.with(host) { $0.pause(until: .now + pause) }
                } else if (try? await Task.sleep(for: pause)) == nil {
                    return .failure(.cancelled(call))
                }
                attempt += 1
            }
        }
    }

    private enum Attempt {
        case answer(AzureAnswer)
        case failed(RetryPolicy.Outcome, CallFailure)
    }

    private func send(_ call: AzureCall, _ token: AccessToken, isRepeated: Bool) async -> Attempt {
        state.withLock { counts in
            counts.requests += 1
            if isRepeated { counts.repeated += 1 }
        }
        var headers = [HTTPHeader("Authorization", "Bearer \(token.text)"), HTTPHeader("Accept", "application/json")]
        for (name, value) in call.headers.sorted(by: { $0.key < $1.key }) { headers.append(HTTPHeader(name, value)) }
        let request = HTTPRequest(
            "GET", addresses.destination(of: call.url), headers: headers, timeout: timeout,
            maximumBodyBytes: Self.maximumBytes)
        let response: HTTPResponse
        do throws(HTTPFailure) { response = try await http.send(request) } catch {
            return .failed(.failure(error.kind), Self.failure(call, error.message))
        }
        guard (200..<300).contains(response.status), !AzureErrorAnswer.asksToSignIn(response, call) else {
            return Self.refusal(of: call, response)
        }
        if response.isNearlyThrottled { pauseABit(call) }
        do throws(MartletError) {
            return .answer(
                AzureAnswer(
                    document: try JSONValue.parse(response.body, limit: Self.maximumBytes),
                    continuation: call.host == .devops ? response.header("x-ms-continuationtoken") : nil))
        } catch {
            return .failed(.unreadable, Self.failure(call, "The answer is not JSON (\(error.message))."))
        }
    }

    private static func refusal(of call: AzureCall, _ response: HTTPResponse) -> Attempt {
        let answer = AzureErrorAnswer(response)
        if answer.saysNothingThere { return .answer(.nothing) }
        let retryAfter = response.retryAfter()
        return .failed(.status(response.status, retryAfter: retryAfter), answer.failure(of: call))
    }

    private func token(for call: AzureCall) async -> Result<AccessToken, CallFailure> {
        do {
            return .success(try await tokens.token(for: addresses.cloud.audience(of: call.host)))
        } catch is CancellationError {
            return .failure(.cancelled(call))
        } catch let error as MartletError {
            return .failure(
                CallFailure(
                    error.code == .denied ? .denied : .errored, call: call.label, message: error.message,
                    permission: call.permission))
        } catch {
            return .failure(Self.failure(call, "No access token came."))
        }
    }

    private func pause(after attempt: Int, _ outcome: RetryPolicy.Outcome, _ host: String) -> Duration? {
        guard states.with(host, { $0.deservesRetries }) else { return nil }
        return retry.pause(after: attempt, outcome, jitter: .random(in: 0...1))
    }

    /// What a call that has ended says about its host.
    private func note(_ outcome: RetryPolicy.Outcome, _ host: String) {
        states.with(host) { state in
            switch outcome {
            case .status(let status, _) where status < 500: state.noteAnswer()
            case .status, .failure, .unreadable: state.noteFailure()
            }
        }
    }

    private func pauseABit(_ call: AzureCall) {
        guard let host = try? HTTPTarget(addresses.destination(of: call.url)).origin else { return }
        states.with(host) { $0.pause(until: .now + .seconds(1)) }
    }

    private static func failure(_ call: AzureCall, _ message: String) -> CallFailure {
        CallFailure(.errored, call: call.label, message: message, permission: call.permission)
    }
}

extension CallFailure {
    static func cancelled(_ call: AzureCall) -> CallFailure {
        CallFailure(.cancelled, call: call.label, message: "The scan was cancelled.")
    }
}
