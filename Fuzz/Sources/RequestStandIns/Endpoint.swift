import MartletHTTPServer

/// Of an endpoint what the router looks at; the real one knows the store, which the fuzzer leaves out.
public struct Endpoint: Sendable {
    let method: HTTPMethod
    let path: PathPattern
    let operation: String

    init(_ method: HTTPMethod, _ path: PathPattern) {
        self.method = method
        self.path = path
        operation = "\(method) \(path)"
    }
}
