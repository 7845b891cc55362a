/// Constants of JSON:API (version 1.1).
public enum JSONAPI {
    /// The media type of documents.
    public static let mediaType = "application/vnd.api+json"
    /// Rows that page numbers reach; what lies beyond needs a cursor.
    public static let numberedRows = 10_000
    /// How deep a request's document may be nested.
    public static let depth = 32
}
