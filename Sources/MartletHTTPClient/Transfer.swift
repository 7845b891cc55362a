import CCurl

/// One request on its way.
///
/// @unchecked Sendable holds because all that changes is touched only by the loop's thread, from the moment the transfer
/// is handed to it.
final class Transfer: @unchecked Sendable {
    typealias Answer = Result<HTTPResponse, HTTPFailure>

    let id: UInt64
    let request: HTTPRequest
    let target: HTTPTarget
    let policy: AddressPolicy
    /// Transfers with the same one count against one bound.
    var slot: String { target.origin }

    var answer: ((Answer) -> Void)?
    var handle: UnsafeMutableRawPointer?
    var lists: [UnsafeMutablePointer<curl_slist>] = []
    var isCancelled = false

    private(set) var headers: [HTTPHeader] = []
    private(set) var body: [UInt8] = []
    private(set) var isTooLarge = false
    private(set) var refusedAddress: IPAddress?
    private var headerBytes = 0

    /// Bytes of headers that an answer may have.
    private static let maximumHeaderBytes = 256 << 10

    init(id: UInt64, request: HTTPRequest, target: HTTPTarget, policy: AddressPolicy) {
        self.id = id
        self.request = request
        self.target = target
        self.policy = policy
    }

    /// Gives the answer, once.
    func finish(_ result: Answer) {
        answer?(result)
        answer = nil
    }

    /// Takes a piece of the body; false ends the transfer.
    func take(body piece: UnsafeRawBufferPointer) -> Bool {
        guard body.count + piece.count <= request.maximumBodyBytes else {
            isTooLarge = true
            return false
        }
        body.append(contentsOf: piece)
        return true
    }

    /// Takes a line of headers; false ends the transfer.
    func take(header line: UnsafeRawBufferPointer) -> Bool {
        headerBytes += line.count
        guard headerBytes <= Self.maximumHeaderBytes else {
            isTooLarge = true
            return false
        }
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            // What came before was an interim answer, or a proxy's.
            headers = []
        } else if let colon = text.firstIndex(of: ":") {
            headers.append(HTTPHeader(Self.trimmed(text[..<colon]), Self.trimmed(text[text.index(after: colon)...])))
        }
        return true
    }

    /// Whether a connection to an address may be opened.
    func admits(_ address: IPAddress?) -> Bool {
        guard policy != .any else { return true }
        guard let address else { return false }
        if policy.admits(address) { return true }
        refusedAddress = address
        return false
    }

    private static func trimmed(_ text: Substring) -> String {
        var rest = text
        while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
        while let last = rest.last, last == " " || last == "\t" || last.isNewline { rest.removeLast() }
        return String(rest)
    }
}
