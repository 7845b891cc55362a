import CMicroHTTPD
import Glibc
import MartletCore

/// A socket that listens.
struct ListeningSocket {
    let descriptor: Int32
    let address: String
    let port: UInt16

    /// Listens on a numeric address.
    ///
    /// - Throws: ``MartletError`` when the address is none, is in use, or may not be used.
    init(address: String, port: UInt16) throws(MartletError) {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(address, String(port), &hints, &found) == 0, let info = found else {
            throw MartletError(
                .usage, "'\(address)' is no numeric address such as 127.0.0.1, 0.0.0.0 or ::1.", place: "address")
        }
        defer { freeaddrinfo(found) }
        let place = Self.place(address, port)
        let descriptor = socket(
            info.pointee.ai_family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { throw Self.failure("No socket can be made", place) }
        var on: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, size)
        if info.pointee.ai_family == AF_INET6 {
            var off: Int32 = 0
            setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &off, size)
        }
        guard bind(descriptor, info.pointee.ai_addr, info.pointee.ai_addrlen) == 0, listen(descriptor, 4096) == 0 else {
            let error = Self.failure("The server cannot listen here", place)
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
        self.address = address
        self.port = port == 0 ? Self.port(of: descriptor) : port
    }

    private static func place(_ address: String, _ port: UInt16) -> String {
        address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
    }

    private static func failure(_ text: String, _ place: String) -> MartletError {
        MartletError(.io, "\(text) (\(String(cString: strerror(errno)))).", place: place)
    }

    private static func port(of descriptor: Int32) -> UInt16 {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard getsockname(descriptor, address, &length) == 0 else { return 0 }
                // The port stands in the same place in both families.
                return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                    UInt16(bigEndian: $0.pointee.sin_port)
                }
            }
        }
    }
}
