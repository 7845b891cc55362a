extension AccountKey {
    /// The account's UUID for programs: 36 lower-case characters of version 8 (RFC 9562).
    ///
    /// It is computed from provider and uid alone, so it is the same in every store, needs no column, and survives a copy.
    public var identifier: String {
        var hasher = ContentHasher()
        hasher.add("account identifier")
        hasher.add(1)
        hasher.add(provider.name)
        hasher.add(uid)
        return hasher.finish().uuid(version: 8)
    }
}
