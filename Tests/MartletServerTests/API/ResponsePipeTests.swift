import MartletHTTPServer
import MartletTestSupport
import Synchronization
import Testing

@testable import MartletServer

@Suite struct ResponsePipeTests {
    /// Runs a writer on a thread that may block, as a database's body does.
    static func onThread(_ body: @escaping @Sendable () throws -> Void) async throws {
        try await RawClient.run { try body() }
    }

    @Test func everythingArrivesInOrder() async throws {
        let stream = ResponsePipe.stream { sink in
            try await Self.onThread {
                for number in 0..<50_000 { try sink.write(Array("\(number)\n".utf8)) }
            }
        }
        var bytes: [UInt8] = []
        while let piece = try await stream.next() { bytes += piece }
        #expect(bytes == Array((0..<50_000).map { "\($0)\n" }.joined().utf8))
    }

    @Test func theWriterWaitsForTheReader() async throws {
        let written = Mutex(0)
        let stream = ResponsePipe.stream { sink in
            try await Self.onThread {
                for _ in 0..<1000 {
                    try sink.write([UInt8](repeating: 1, count: 32 << 10))
                    written.withLock { $0 += 1 }
                }
            }
        }
        _ = try await stream.next()
        // What is behind cannot be more than what waits, and one piece in the writer's hands.
        #expect(written.withLock { $0 } <= 5)
        var count = 1
        while try await stream.next() != nil { count += 1 }
        #expect(count == 1000)
    }

    @Test func anErrorBreaksTheStreamOffAfterWhatWasWritten() async throws {
        struct Broken: Error {}
        let stream = ResponsePipe.stream { sink in
            try await Self.onThread {
                try sink.write([UInt8](repeating: 1, count: 40 << 10))
                throw Broken()
            }
        }
        #expect(try await stream.next()?.count == 40 << 10)
        await #expect(throws: Broken.self) { try await stream.next() }
    }

    @Test func theWriterEndsWhenNobodyReads() async throws {
        let (ended, signal) = AsyncStream.makeStream(of: Bool.self)
        do {
            let stream = ResponsePipe.stream { sink in
                do {
                    try await Self.onThread {
                        while true { try sink.write([UInt8](repeating: 1, count: 32 << 10)) }
                    }
                } catch { signal.yield(error is CancellationError) }
            }
            _ = try await stream.next()
        }
        for await isCancelled in ended {
            #expect(isCancelled)
            break
        }
    }
}
