import Foundation
import MartletProgram
import Testing

@testable import martlet

/// What a worker tells the service manager that started it.
@Suite(.timeLimit(.minutes(20)))
struct ServiceManagerTests {
    /// A socket that receives what a manager would.
    final class Manager {
        let descriptor: Int32
        let name: String

        /// A file in the folder, or a name in the abstract space.
        init(_ folder: Folder, isAbstract: Bool) throws {
            name = isAbstract ? "@martlet-\(UUID().uuidString)" : folder.path("notify")
            descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            let bytes = isAbstract ? [0] + Array(name.utf8.dropFirst()) : Array(name.utf8)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
            let length = socklen_t(2 + bytes.count)
            let bound = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
            }
            try #require(bound == 0)
        }

        deinit { close(descriptor) }

        /// The next message; nil when none comes within so many seconds.
        func next(seconds: Double = 30) -> String? {
            var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&wait, 1, Int32(seconds * 1000)) == 1 else { return nil }
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = recv(descriptor, &bytes, bytes.count, 0)
            return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
        }

        func drain() { while next(seconds: 0) != nil {} }
    }

    @Test(arguments: [false, true])
    func workerIsReadyAliveAndStopping(isAbstract: Bool) throws {
        let folder = try Folder()
        let manager = try Manager(folder, isAbstract: isAbstract)
        let environment = ["NOTIFY_SOCKET": manager.name, "WATCHDOG_USEC": "300000"]
        let worker = try RunningProcess(["worker"], environment: environment, in: folder)
        #expect(manager.next() == "READY=1")
        for _ in 1...3 { #expect(manager.next() == "WATCHDOG=1") }
        worker.send(SIGSTOP)
        manager.drain()
        // One may have been on its way.
        _ = manager.next(seconds: 0.5)
        #expect(manager.next(seconds: 1) == nil, "a process that does not run gives no sign of life")
        worker.send(SIGCONT)
        #expect(manager.next() == "WATCHDOG=1")
        worker.send(SIGTERM)
        var last: String?
        repeat { last = manager.next() } while last == "WATCHDOG=1"
        #expect(last == "STOPPING=1")
        #expect(try worker.wait().code == 0)
    }

    @Test func nobodyListensOrWantsSigns() throws {
        let folder = try Folder()
        let worker = try RunningProcess(
            ["worker"], environment: ["NOTIFY_SOCKET": folder.path("nothing"), "WATCHDOG_USEC": "9000"], in: folder)
        while try !worker.errorsSoFar.contains("SIGTERM ends it") { usleep(10_000) }
        worker.send(SIGTERM)
        #expect(try worker.wait().code == 0)
    }

    @Test func environmentIsRead() {
        func notifier(_ environment: [String: String]) -> ServiceNotifier? {
            ServiceNotifier(environment: environment, process: 7)
        }
        for odd in ["", "/", "relative", "vsock:2:1", "@", "/" + String(repeating: "x", count: 200)] {
            #expect(notifier(["NOTIFY_SOCKET": odd]) == nil)
        }
        #expect(notifier([:]) == nil)
        #expect(notifier(["NOTIFY_SOCKET": "/x"])?.interval == nil)
        let base = ["NOTIFY_SOCKET": "@x", "WATCHDOG_USEC": "30000000"]
        #expect(notifier(base)?.interval == .seconds(10))
        #expect(notifier(base.merging(["WATCHDOG_PID": "7"]) { $1 })?.interval == .seconds(10))
        #expect(notifier(base.merging(["WATCHDOG_PID": "8"]) { $1 })?.interval == nil)
        for odd in ["", "0", "-1", "x"] {
            #expect(notifier(["NOTIFY_SOCKET": "@x", "WATCHDOG_USEC": odd])?.interval == nil)
        }
    }
}
