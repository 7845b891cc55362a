/// A check and a set of regions, by their numbers in the store.
struct CheckRegions: Sendable, Hashable {
    var check: Int64
    var regions: Int64
}
