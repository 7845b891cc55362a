/// What a source said once of one resource.
///
/// Empty strings mean "not said". The resource's identity in its account is ``uid`` alone; an empty uid is a legal
/// resource of its own.
public struct ResourceObservation: Sendable, Hashable {
    /// The provider's full identifier (an ARN, a resource id); any length, may be empty.
    public var uid: String
    /// The name a person gave it, or the nearest thing the source has.
    public var name: String
    /// The provider's type of resource, as the source writes it, for example `AwsS3Bucket`.
    public var type: String
    /// The cloud service it belongs to, for example `s3`.
    public var service: String
    /// The provider's region or the nearest thing it has (a namespace, a location); empty when there is none.
    public var region: String
    /// For AWS: `aws`, `aws-cn`, `aws-us-gov`.
    public var partition: String
    /// What the source attached to the resource, as canonical JSON; empty when nothing.
    public var data: String
    /// Sorted, without repetition.
    public var tags: [Tag]

    /// Makes a statement about a resource; `tags` must be sorted and without repetition.
    public init(
        uid: String, name: String = "", type: String = "", service: String = "", region: String = "",
        partition: String = "", data: String = "", tags: [Tag] = []
    ) {
        self.uid = uid
        self.name = name
        self.type = type
        self.service = service
        self.region = region
        self.partition = partition
        self.data = data
        self.tags = tags
    }
}
