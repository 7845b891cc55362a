import Glibc

/// Tells the service manager that started the program how it is: systemd's protocol of datagrams to a socket.
struct ServiceNotifier: Sendable {
    /// A path, or behind a leading zero a name in the abstract space.
    private let address: [UInt8]
    /// From one sign of life to the next, a third of what the manager waits; nil when it wants none.
    let interval: Duration?

    /// Nil where no manager listens.
    ///
    /// - Parameter process: This process, which signs of life may be expected of or not.
    init?(environment: [String: String], process: Int32 = getpid()) {
        guard let socket = environment["NOTIFY_SOCKET"], let first = socket.utf8.first, socket.utf8.count > 1,
            first == UInt8(ascii: "/") || first == UInt8(ascii: "@"), socket.utf8.count < Self.longestAddress
        else { return nil }
        address = first == UInt8(ascii: "@") ? [0] + socket.utf8.dropFirst() : Array(socket.utf8)
        let isMeant = environment["WATCHDOG_PID"].map { $0 == String(process) } ?? true
        let microseconds = environment["WATCHDOG_USEC"].flatMap { Int64($0) }
        interval = isMeant ? microseconds.flatMap { $0 > 0 ? .microseconds(max($0 / 3, 1_000)) : nil } : nil
    }

    private static let longestAddress = MemoryLayout.size(ofValue: sockaddr_un().sun_path)

    /// Sends a message such as `READY=1`. Nobody is waited for, and a manager that does not listen is its own concern.
    func send(_ message: String) {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var target = sockaddr_un()
        target.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &target.sun_path) { $0.copyBytes(from: address) }
        // The end of an abstract name is told by the length alone.
        let length = socklen_t(MemoryLayout.offset(of: \sockaddr_un.sun_path) ?? 2) + socklen_t(address.count)
        let bytes = Array(message.utf8)
        withUnsafePointer(to: &target) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { target in
                _ = sendto(
                    descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT), target, length
                )
            }
        }
    }
}
