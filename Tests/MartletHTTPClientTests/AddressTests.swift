import MartletHTTPClient
import MartletLoopback
import Testing

/// Which addresses are of the public internet, and that no others are connected to where the policy says so.
@Suite struct AddressTests {
    @Test(arguments: [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.255", "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.0.0.9", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.19.255.255",
        "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "fe80::1", "fc00::1", "fd12::1",
        "ff02::1",
        "2001:db8::1", "2001::1", "3fff::1", "100::1", "fec0::1",
    ])
    func isNotPublic(text: String) throws {
        #expect(try #require(IPAddress(text)).isPublic == false)
    }

    @Test(arguments: [
        "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
        "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255", "198.17.255.255",
        "198.20.0.0", "223.255.255.255", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::", "2606:4700::1111",
        "2a00:1450::1",
    ])
    func isPublic(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.isPublic)
        #expect(AddressPolicy.publicOnly.admits(address))
    }

    @Test(arguments: ["", "1.2.3", "1.2.3.4.5", "01.2.3.4", "fe80::1%eth0", "localhost", "1.2.3.4 "])
    func isNoAddress(text: String) { #expect(IPAddress(text) == nil) }

    @Test(arguments: ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1"])
    func privateAddressesAreRefusedHoweverWritten(host: String) async throws {
        let server = try LoopbackServer { _ in .json("{}") }
        var settings = HTTPClientSettings()
        settings.addresses = .publicOnly
        // Not even a proxy may be asked to go there.
        settings.proxy = server.url
        let client = try HTTPClient(settings)
        do throws(HTTPFailure) {
            _ = try await client.send(HTTPRequest("GET", "http://\(host):\(server.port)/"))
            Issue.record("an answer came")
        } catch {
            #expect(error.kind == .refusedAddress, "\(error)")
        }
        #expect(server.counts.connections == 0)
    }

    @Test func aPinnedAddressIsUsedAndChecked() async throws {
        let server = try LoopbackServer { .json("{\"host\":\"\($0.headers["host"] ?? "")\"}") }
        let request = HTTPRequest(
            "GET", "http://example.invalid:\(server.port)/", pinnedAddress: "127.0.0.1")
        let response = try await HTTPClient().send(request)
        #expect(String(decoding: response.body, as: UTF8.self) == "{\"host\":\"example.invalid:\(server.port)\"}")
        var settings = HTTPClientSettings()
        settings.addresses = .publicOnly
        let careful = try HTTPClient(settings)
        do throws(HTTPFailure) {
            _ = try await careful.send(request)
            Issue.record("an answer came")
        } catch {
            #expect(error.kind == .refusedAddress)
        }
    }

    @Test func resolvesOnceAndRefusesBefore() async throws {
        let client = try HTTPClient()
        #expect(try await client.resolve(host: "127.0.0.1").map(\.description) == ["127.0.0.1"])
        await #expect(throws: HTTPFailure.self) { try await client.resolve(host: "nowhere.invalid") }
        var settings = HTTPClientSettings()
        settings.addresses = .publicOnly
        let careful = try HTTPClient(settings)
        do throws(HTTPFailure) {
            _ = try await careful.resolve(host: "127.0.0.1")
            Issue.record("it was admitted")
        } catch {
            #expect(error.kind == .refusedAddress)
        }
    }
}
