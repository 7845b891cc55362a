extension RequestContext {
    /// The value of a path parameter. An undeclared name is a 404, which a test of the endpoint's path would show.
    public func path(_ name: String = "id") throws(APIError) -> String {
        guard let value = pathValues[name] else { throw .notFound() }
        return value
    }

    /// The value of a path parameter that is a UUID, in lower case; 400 for anything else.
    public func uuid(_ name: String = "id") throws(APIError) -> String {
        let value = try path(name)
        guard let id = UUIDText.canonical(value) else {
            throw APIError(
                status: 400, code: "invalid", detail: "'\(value.prefix(64))' is not a UUID; \(name) is one.",
                source: .parameter(name))
        }
        return id
    }
}
