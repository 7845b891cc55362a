/// Names of scans.
enum ScanName {
    /// The name of a request: 3 to 100 characters, or none.
    static func checked(_ input: ResourceInput) throws(APIError) -> String? {
        guard let name = input.string("name") else { return nil }
        guard 3...100 ~= name.count, !name.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
            throw .field("/data/attributes/name", "A name has 3 to 100 characters.")
        }
        return name
    }
}
