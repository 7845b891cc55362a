import Glibc

/// The boundaries between the statements of one writing transaction, as tests number them (``CrashPoint``).
final class CrashTrail {
    private let point: CrashPoint
    private let number: Int
    /// What runs now depends on what the connection did before this transaction, and does not count for the identity of
    /// later boundaries.
    var isAside = false
    /// FNV-1a over the statements so far.
    private var path: UInt64 = 0xCBF2_9CE4_8422_2325

    /// A transaction begins.
    init(_ point: CrashPoint) {
        self.point = point
        number = point.begin()
    }

    /// Passes the boundary before a statement. Gives what is to happen here; where that is the end of the process, it does
    /// not return.
    func pass(_ sql: String) -> CrashPoint.Fault? {
        let text = Self.normalised(sql)
        var identity = path
        for byte in text.utf8 { identity = (identity ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        if !isAside { path = identity }
        guard point.reaches(identity, text, isAside: isAside, in: number) else { return nil }
        if point.fault == .process { kill(getpid(), SIGKILL) }
        return point.fault
    }

    /// On one line, without the numbers in which the same statement differs from run to run.
    private static func normalised(_ sql: String) -> String {
        var bytes: [UInt8] = []
        for byte in sql.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if bytes.last != UInt8(ascii: "#") { bytes.append(UInt8(ascii: "#")) }
            case 0...0x20:
                if bytes.last != 0x20, !bytes.isEmpty { bytes.append(0x20) }
            default: bytes.append(byte)
            }
        }
        if bytes.last == 0x20 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
