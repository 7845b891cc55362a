/// Breadth first through all states that two workers and two jobs can reach within ``SmallBounds``.
public struct SmallSearch: Sendable {
    private let bounds: SmallBounds
    private let mutant: Mutant?

    /// - Parameter mutant: A defect to be caught; nil for the protocol as it is.
    public init(bounds: SmallBounds = SmallBounds(), mutant: Mutant? = nil) {
        self.bounds = bounds
        self.mutant = mutant
    }

    /// Searches until all states were seen, or a property does not hold. From every state an end must be reachable.
    public func run() async -> SmallReport {
        var report = SmallReport()
        var numbers: [StateKey: Int32] = [:]
        var graph = StateGraph()
        let start = SmallWorld(bounds, mutant: mutant)
        numbers[start.key] = 0
        graph.add(parent: -1, .muteStep)
        var frontier: [(number: Int32, world: SmallWorld)] = [(0, start)]
        while !frontier.isEmpty, graph.count <= bounds.states {
            var next: [(number: Int32, world: SmallWorld)] = []
            for (number, world) in frontier {
                // Others want to run in this process, too.
                if number.isMultiple(of: 256) { await Task.yield() }
                if world.isEnd { graph.ends.append(number) }
                for action in world.actions {
                    var copy = world
                    guard copy.take(action) else { continue }
                    report.steps += 1
                    if let violation = copy.db.violation {
                        report.violation = violation
                        report.states = graph.count
                        report.path = graph.path(to: number) + ["\(action)"]
                        return report
                    }
                    let key = copy.key
                    if let known = numbers[key] {
                        graph.link(number, known)
                        continue
                    }
                    let fresh = Int32(graph.count)
                    numbers[key] = fresh
                    graph.add(parent: number, action)
                    graph.link(number, fresh)
                    next.append((fresh, copy))
                }
            }
            frontier = next
            if !next.isEmpty { report.depth += 1 }
        }
        report.states = graph.count
        report.ends = graph.ends.count
        report.isComplete = frontier.isEmpty
        if report.isComplete, let stuck = graph.firstWithoutEnd() {
            report.violation = Violation(.everyJobEnds, "no end can be reached any more")
            report.path = graph.path(to: stuck)
        }
        return report
    }
}
