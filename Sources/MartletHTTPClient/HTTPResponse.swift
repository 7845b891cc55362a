/// A server's answer, whole.
public struct HTTPResponse: Sendable {
    /// 100 to 599. Redirects are answers like any other: the client follows none.
    public var status: Int
    /// In the order in which they came, those of interim answers left out.
    public var headers: [HTTPHeader]
    /// Decompressed.
    public var body: [UInt8]

    /// Makes an answer.
    public init(status: Int, headers: [HTTPHeader] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The value of the first header of this name, whatever its case; nil when there is none.
    public func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}
