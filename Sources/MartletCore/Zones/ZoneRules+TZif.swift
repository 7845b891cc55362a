extension ZoneRules {
    /// Files are some 4 KiB; the largest that is read has so many bytes.
    static let maximumFileSize = 64 * 1024
    /// The largest number of changes; as many as the C library's own compiler of zones (`zic`) writes.
    static let maximumChanges = 2000

    /// Reads the content of a TZif file, version 2 or later. Throws an `io` error that says what is wrong with it.
    init(name: String, tzif bytes: [UInt8]) throws {
        var cursor = TZifCursor(name: name, bytes: bytes)
        guard bytes.count <= Self.maximumFileSize else { throw cursor.damaged("it is too large") }
        // The first block serves readers that know 32 bits only; it is stepped over.
        let short = try cursor.header()
        try cursor.skip(short.size(ofTime: 4))
        let header = try cursor.header()
        guard header.changes <= Self.maximumChanges, 1...256 ~= header.types, 1...4096 ~= header.characters else {
            throw cursor.damaged("its counts are out of range")
        }
        guard header.leapSeconds == 0 else {
            throw MartletError(
                .invalidInput, "the time zone counts leap seconds; take the zone without 'right/'", place: name)
        }
        let moments = try (0..<header.changes).map { _ in try cursor.signed(8) }
        let types = try (0..<header.changes).map { _ in try Int(cursor.byte()) }
        let offsets = try (0..<header.types).map { _ in try cursor.type(characters: header.characters) }
        try cursor.skip(header.characters + header.standardMarks + header.universalMarks)
        guard zip(moments, moments.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw cursor.damaged("its changes are not in order")
        }
        guard types.allSatisfy({ $0 < offsets.count }) else { throw cursor.damaged("a change has no type") }
        self.init(
            name: name, changes: moments, offsets: types.map { offsets[$0] }, firstOffset: offsets[0],
            footer: try cursor.footer())
    }
}

// Reads the parts of a TZif file from left to right, never beyond its end.
private struct TZifCursor {
    let name: String
    let bytes: [UInt8]
    var position = 0

    func damaged(_ reason: String) -> MartletError {
        MartletError(
            .io, "the file of the time zone cannot be used: \(reason); reinstall the Debian package tzdata", place: name
        )
    }

    mutating func skip(_ count: Int) throws {
        guard count <= bytes.count - position else { throw damaged("it breaks off") }
        position += count
    }

    mutating func byte() throws -> UInt8 {
        try skip(1)
        return bytes[position - 1]
    }

    // A number in two's complement, most significant byte first.
    mutating func signed(_ count: Int) throws -> Int64 {
        try skip(count)
        let value = bytes[(position - count)..<position].reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        return count == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
    }

    mutating func header() throws -> TZifHeader {
        guard bytes[position...].starts(with: "TZif".utf8) else { throw damaged("it is no TZif file") }
        try skip(4)
        guard try byte() >= UInt8(ascii: "2") else { throw damaged("it is of version 1, which ends in 2037") }
        try skip(15)
        let counts = try (0..<6).map { _ in try signed(4) }
        guard counts.allSatisfy({ 0...Int64(ZoneRules.maximumFileSize) ~= $0 }) else {
            throw damaged("its counts are out of range")
        }
        return TZifHeader(
            universalMarks: Int(counts[0]), standardMarks: Int(counts[1]), leapSeconds: Int(counts[2]),
            changes: Int(counts[3]), types: Int(counts[4]), characters: Int(counts[5]))
    }

    // The offset of a type of local time.
    mutating func type(characters: Int) throws -> Int64 {
        let offset = try signed(4)
        let isDaylight = try byte()
        guard -ZoneRules.maximumOffset...ZoneRules.maximumOffset ~= offset, isDaylight <= 1, try byte() < characters
        else {
            throw damaged("a type of local time is out of range")
        }
        return offset
    }

    mutating func footer() throws -> ZoneFooter? {
        guard try byte() == 0x0A, let end = bytes[position...].firstIndex(of: 0x0A) else {
            throw damaged("its footer is missing")
        }
        if end == position { return nil }
        guard let footer = ZoneFooter(bytes[position..<end]) else { throw damaged("its footer cannot be read") }
        return footer
    }
}

// The counts at the beginning of a block, in their order.
private struct TZifHeader {
    let universalMarks, standardMarks, leapSeconds, changes, types, characters: Int

    func size(ofTime width: Int) -> Int {
        changes * (width + 1) + types * 6 + characters + leapSeconds * (width + 4) + standardMarks + universalMarks
    }
}
