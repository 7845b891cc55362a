import Glibc

extension String {
    /// Whether both consist of the same code points. `==` of the standard library also takes different spellings of the
    /// same character for equal, which the language does not.
    @inline(__always)
    func isSameText(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        // The same words mean the same text: short texts are in the words, longer ones then share their storage.
        if unsafeBitCast(self, to: (UInt64, UInt64).self) == unsafeBitCast(other, to: (UInt64, UInt64).self) {
            return true
        }
        return hasSameBytes(as: other)
    }

    private func hasSameBytes(as other: String) -> Bool {
        let fast = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right -> Bool in
                guard let start = left.baseAddress, let otherStart = right.baseAddress else {
                    return left.count == right.count
                }
                return left.count == right.count && memcmp(start, otherStart, left.count) == 0
            }
        }
        return (fast ?? nil) ?? utf8.elementsEqual(other.utf8)
    }

    /// Whether it comes before the other in the order of code points, which is the one of the bytes in UTF-8.
    func precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
