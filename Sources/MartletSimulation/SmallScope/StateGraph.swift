/// The states of a search by number, how each was reached first, and which follow which.
struct StateGraph {
    private var parents: [Int32] = []
    private var actions: [SmallAction] = []
    private var from: [Int32] = []
    private var to: [Int32] = []
    var ends: [Int32] = []

    var count: Int { parents.count }

    mutating func add(parent: Int32, _ action: SmallAction) {
        parents.append(parent)
        actions.append(action)
    }

    mutating func link(_ one: Int32, _ other: Int32) {
        from.append(one)
        to.append(other)
    }

    /// The steps from the beginning to a state.
    func path(to number: Int32) -> [String] {
        var path: [String] = []
        var number = number
        while number > 0 {
            path.append("\(actions[Int(number)])")
            number = parents[Int(number)]
        }
        return path.reversed()
    }

    /// The first state from which no end can be reached; nil when there is none.
    func firstWithoutEnd() -> Int32? {
        // Backwards: the edges into each state, one after the other in one array.
        var starts = [Int](repeating: 0, count: count + 1)
        for target in to { starts[Int(target) + 1] += 1 }
        for index in 1...count { starts[index] += starts[index - 1] }
        var places = starts
        var sources = [Int32](repeating: 0, count: from.count)
        for (source, target) in zip(from, to) {
            sources[places[Int(target)]] = source
            places[Int(target)] += 1
        }
        var isReached = [Bool](repeating: false, count: count)
        var stack = ends
        for end in ends { isReached[Int(end)] = true }
        while let state = stack.popLast() {
            for place in starts[Int(state)]..<starts[Int(state) + 1] where !isReached[Int(sources[place])] {
                isReached[Int(sources[place])] = true
                stack.append(sources[place])
            }
        }
        return isReached.firstIndex(of: false).map { Int32($0) }
    }
}
