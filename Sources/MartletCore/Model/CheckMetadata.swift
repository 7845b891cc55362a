/// What a source says of a check itself, the same for every finding of that check.
///
/// It is stored once per version of its content. A class, because hundreds of thousands of findings share one.
public final class CheckMetadata: Sendable, Hashable {
    /// The check's id in Prowler's vocabulary, for example `s3_bucket_default_encryption`; never empty.
    public let check: String
    /// The cloud service the check looks at; may be empty.
    public let service: String
    /// The check's one-line title.
    public let title: String
    /// Everything else the source said of the check, as canonical JSON: one object, keys sorted, no white space.
    ///
    /// Keys, each left out when the source had nothing: `description`, `risk`, `remediation` {`desc`, `references`[],
    /// `code`{`cli`,`native_iac`,`terraform`,`other`}}, `types`[], `categories`[], `related_url`, `additional_urls`[],
    /// `depends_on`[], `related_to`[], `notes`, `compliance` {framework: [requirement ids]}, `attacks` (OCSF's array
    /// unchanged), `sub_service`.
    public let document: String

    /// Makes the text of a check. `document` must be canonical JSON, because texts are compared and hashed as written.
    public init(check: String, service: String, title: String, document: String) {
        self.check = check
        self.service = service
        self.title = title
        self.document = document
    }

    /// Equal when all four fields are; the same object is recognised without comparing.
    public static func == (left: CheckMetadata, right: CheckMetadata) -> Bool {
        left === right
            || left.check == right.check && left.service == right.service && left.title == right.title
                && left.document == right.document
    }

    /// Hashes the id and the document, which differ wherever two texts in practice do.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(check)
        hasher.combine(document)
    }

    /// The order in which one of several contradicting statements about a check is chosen: the smallest wins, so that
    /// the choice depends neither on the order of a file nor on batches.
    public static func precedes(_ left: CheckMetadata, _ right: CheckMetadata) -> Bool {
        (left.title, left.service, left.document) < (right.title, right.service, right.document)
    }
}
