import MartletHTTPServer

/// Finds the endpoint of a path and method. A literal segment goes before a parameter.
public struct Router: Sendable {
    /// What was found.
    public enum Match: Sendable {
        /// The endpoint and the values of its path's parameters.
        case endpoint(Endpoint, [String: String])
        /// The path exists, and these methods are possible; in order, HEAD and OPTIONS included.
        case otherMethod(allowed: [HTTPMethod])
        /// There is no such path.
        case none
    }

    private final class Node: Sendable {
        let literals: [String: Node]
        let parameter: Node?
        let endpoints: [HTTPMethod: (endpoint: Endpoint, names: [String])]

        init(_ entries: [(segments: ArraySlice<PathPattern.Segment>, endpoint: Endpoint)]) {
            var literals: [String: [(ArraySlice<PathPattern.Segment>, Endpoint)]] = [:]
            var parameters: [(ArraySlice<PathPattern.Segment>, Endpoint)] = []
            var endpoints: [HTTPMethod: (Endpoint, [String])] = [:]
            for (segments, endpoint) in entries {
                switch segments.first {
                case .literal(let text): literals[text, default: []].append((segments.dropFirst(), endpoint))
                case .parameter: parameters.append((segments.dropFirst(), endpoint))
                case nil: endpoints[endpoint.method] = (endpoint, endpoint.path.parameters)
                }
            }
            self.literals = literals.mapValues { Node($0) }
            parameter = parameters.isEmpty ? nil : Node(parameters)
            self.endpoints = endpoints
        }
    }

    private let root: Node

    /// A router of these endpoints; of two with the same method and path the later counts.
    public init(_ endpoints: [Endpoint]) {
        root = Node(endpoints.map { ($0.path.segments[...], $0) })
    }

    /// Finds what a request means.
    public func match(_ method: HTTPMethod, _ segments: [String]) -> Match {
        var values: [String] = []
        guard let node = Self.find(root, segments[...], &values) else { return .none }
        let effective = method == .head ? HTTPMethod.get : method
        if let found = node.endpoints[effective] {
            return .endpoint(found.endpoint, Dictionary(zip(found.names, values)) { first, _ in first })
        }
        return .otherMethod(allowed: Self.allowed(node.endpoints.keys))
    }

    /// The methods in the order in which they are given out, with HEAD beside GET and OPTIONS always.
    static func allowed(_ methods: some Sequence<HTTPMethod>) -> [HTTPMethod] {
        let methods = Set(methods)
        let order: [HTTPMethod] = [.get, .head, .post, .put, .patch, .delete, .options]
        return order.filter { method in
            methods.contains(method) || method == .options || method == .head && methods.contains(.get)
        }
    }

    /// Depth first, literals first; a path has few segments and each is tried twice at most.
    private static func find(_ node: Node, _ segments: ArraySlice<String>, _ values: inout [String]) -> Node? {
        guard let first = segments.first else { return node.endpoints.isEmpty ? nil : node }
        if let next = node.literals[first], let found = find(next, segments.dropFirst(), &values) { return found }
        guard let next = node.parameter, !first.isEmpty else { return nil }
        values.append(first)
        if let found = find(next, segments.dropFirst(), &values) { return found }
        values.removeLast()
        return nil
    }
}
