/// Bytes in the network's order, in memory that grows to what is needed once and is used again.
struct CopyBuffer: ~Copyable {
    private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 16)
    private(set) var count = 0

    /// The signature of binary COPY, flags and the length of the extension.
    static let headerCount = 19

    deinit { memory.deallocate() }

    mutating func appendHeader() {
        let signature: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF] + Array("\r\n".utf8) + [0]
        signature.withUnsafeBytes { append($0) }
        append(Int32(0))
        append(Int32(0))
    }

    mutating func append(_ value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append($0) }
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        let end = count + bytes.count
        if end > memory.count { grow(to: end) }
        UnsafeMutableRawBufferPointer(rebasing: memory[count..<end]).copyMemory(from: bytes)
        count = end
    }

    /// Overwrites four bytes that are there.
    mutating func replace(_ value: Int32, at place: Int) {
        guard place >= 0, place + 4 <= count else { return }
        Swift.withUnsafeBytes(of: value.bigEndian) {
            UnsafeMutableRawBufferPointer(rebasing: memory[place..<place + 4]).copyMemory(from: $0)
        }
    }

    mutating func truncate(to count: Int) { self.count = min(count, self.count) }

    func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try body(UnsafeRawBufferPointer(rebasing: memory[..<count]))
    }

    private mutating func grow(to needed: Int) {
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(needed, 2 * memory.count), alignment: 16)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<count]))
        memory.deallocate()
        memory = larger
    }
}
