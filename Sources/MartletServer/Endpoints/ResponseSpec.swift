/// One answer that an endpoint gives when all is well; those for errors are added by the frame.
public struct ResponseSpec: Sendable, Hashable {
    /// What stands in an answer.
    public enum Content: Sendable, Hashable {
        /// Nothing.
        case none
        /// A JSON:API document with one resource.
        case resource(ResourceSchema)
        /// A JSON:API document with a list, its links and pages.
        case list(ResourceSchema)
        /// Plain JSON of this form.
        case json(Schema)
        /// Bytes of these media types.
        case raw([String])
    }

    /// The status.
    public let status: Int
    /// When it is given, in a sentence.
    public let summary: String
    /// What stands in it.
    public let content: Content
    /// Names of headers that come with it, beside those of every answer.
    public let headers: [String]

    /// An answer of its parts.
    public init(_ status: Int, _ content: Content, _ summary: String = "", headers: [String] = []) {
        self.status = status
        self.content = content
        self.summary = summary
        self.headers = headers
    }
}
