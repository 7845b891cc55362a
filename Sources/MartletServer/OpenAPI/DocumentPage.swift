import MartletHTTPServer

/// A page that shows all endpoints; one file, without scripts and without anything from elsewhere.
enum DocumentPage {
    static func html(_ endpoints: [Endpoint]) -> String {
        var text = head
        let tags = Set(endpoints.map(\.tag)).sorted()
        text +=
            "<nav>" + tags.map { "<a href=\"#\(escaped($0))\">\(escaped($0))</a>" }.joined(separator: " ") + "</nav>\n"
        for tag in tags {
            text += "<h2 id=\"\(escaped(tag))\">\(escaped(tag))</h2>\n"
            for endpoint in endpoints where endpoint.tag == tag { text += section(endpoint) }
        }
        return text + "</main>\n</html>\n"
    }

    private static func section(_ endpoint: Endpoint) -> String {
        var text = """
            <details id="\(escaped(endpoint.operation))"><summary><b class="\(endpoint.method.name.lowercased())">\
            \(endpoint.method.name)</b> <code>\(escaped(endpoint.path.description))</code> \(escaped(endpoint.summary))\
            </summary>

            """
        switch endpoint.access {
        case .open: text += "<p>Needs no credentials.</p>\n"
        case .authenticated: text += "<p>Needs a token or an API key.</p>\n"
        case .permission(let permission): text += "<p>Needs the permission <code>\(permission.rawValue)</code>.</p>\n"
        }
        text += table("Parameters", parameters(endpoint.query))
        if case .resource(let schema) = endpoint.request {
            text += table("Attributes of the body (<code>\(escaped(schema.type))</code>)", rows(schema))
        }
        for response in endpoint.responses {
            text += "<p><b>\(response.status)</b> \(escaped(response.summary))</p>\n"
            switch response.content {
            case .resource(let schema), .list(let schema):
                text += table("Attributes of <code>\(escaped(schema.type))</code>", rows(schema))
            default: break
            }
        }
        return text + "</details>\n"
    }

    private static func parameters(_ query: QuerySpec) -> [(String, String)] {
        var rows: [(String, String)] = []
        for filter in query.filters {
            let names = filter.comparisons.map { "filter[\(filter.name($0))]" }.joined(separator: ", ")
            rows.append((names, form(filter.kind) + (filter.isRequired ? "; needed" : "")))
        }
        if query.search { rows.append(("filter[search]", "a text")) }
        if !query.sorts.isEmpty { rows.append(("sort", query.sorts.joined(separator: ", "))) }
        if !query.includes.isEmpty { rows.append(("include", query.includes.joined(separator: ", "))) }
        for type in Set(query.fields.map(\.type)).sorted() { rows.append(("fields[\(type)]", "names of fields")) }
        if let paging = query.paging {
            rows.append(("page[number], page[size]", "\(paging.size) a page unless given, \(paging.maximum) at most"))
            if paging.cursors { rows.append(("page[after]", "a cursor of links.next, empty to begin")) }
        }
        for other in query.parameters { rows.append((other.name, form(other.kind) + "; " + other.summary)) }
        return rows
    }

    private static func form(_ kind: FilterSpec.Kind) -> String {
        switch kind {
        case .text: "a text"
        case .uuid: "a UUID"
        case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .boolean: "true or false"
        case .time: "a day or a time"
        case .choice(let choices): choices.joined(separator: ", ")
        }
    }

    private static func rows(_ schema: ResourceSchema) -> [(String, String)] {
        schema.attributes.map { ($0.name, form($0.schema) + ($0.summary.isEmpty ? "" : ": " + $0.summary)) }
            + schema.relationships.map { ($0.name, "relationship to " + $0.type) }
    }

    private static func form(_ schema: Schema) -> String {
        switch schema {
        case .string: "text"
        case .format(let format): format
        case .choice(let choices): choices.joined(separator: ", ")
        case .integer, .number: "number"
        case .boolean: "true or false"
        case .any: "any value"
        case .array(let element, _): "list of " + form(element)
        case .object, .map: "object"
        case .nullable(let schema): form(schema) + " or null"
        case .reference(let name): name
        }
    }

    private static func table(_ title: String, _ rows: [(String, String)]) -> String {
        guard !rows.isEmpty else { return "" }
        let body = rows.map { "<tr><td><code>\(escaped($0.0))</code><td>\(escaped($0.1))</tr>" }.joined(separator: "\n")
        return "<h4>\(title)</h4>\n<table>\n\(body)\n</table>\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
    }

    private static let head = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Martlet API</title>
        <style>
        :root { color-scheme: light dark; }
        body { font: 15px/1.5 system-ui, sans-serif; margin: 0; }
        main { max-width: 70em; margin: auto; padding: 1em; }
        nav a { margin-right: .8em; }
        details { border-bottom: 1px solid #8884; padding: .3em 0; }
        summary { cursor: pointer; }
        summary b { display: inline-block; min-width: 4.5em; }
        .get { color: #187a3c; } .post { color: #1c5fb0; } .patch, .put { color: #9a6200; } .delete { color: #b3261e; }
        table { border-collapse: collapse; } td { padding: .15em .8em .15em 0; vertical-align: top; }
        h4 { margin: .6em 0 .2em; }
        </style>
        <main>
        <h1>Martlet API</h1>
        <p>JSON:API under <code>/api/v1</code>. Send <code>Authorization: Bearer TOKEN</code> or
        <code>Authorization: Api-Key KEY</code>. The same as <a href="/api/v1/openapi.json">OpenAPI 3.1</a>.</p>

        """
}
