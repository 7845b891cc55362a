import MartletCore

/// How many findings each resource of an account has at one posture; 12 bytes a resource.
public struct ResourceCounts: Sendable {
    private var numbers: [Int32] = []
    private var failed: [Int32] = []
    private var all: [Int32] = []

    /// No resources.
    init() {}

    /// The next resource, by ascending number.
    mutating func add(_ resource: Int64, failed: Int64, all: Int64) {
        numbers.append(Int32(clamping: resource))
        self.failed.append(Int32(clamping: failed))
        self.all.append(Int32(clamping: all))
    }

    /// Unmuted FAIL findings of a resource, and all of its findings.
    public func counts(of resource: Int64) -> (failed: Int64, all: Int64) {
        var low = 0
        var high = numbers.count
        while low < high {
            let middle = (low + high) / 2
            if Int64(numbers[middle]) < resource { low = middle + 1 } else { high = middle }
        }
        guard low < numbers.count, Int64(numbers[low]) == resource else { return (0, 0) }
        return (Int64(failed[low]), Int64(all[low]))
    }

    var cost: Int { numbers.count * 12 + 64 }
}
