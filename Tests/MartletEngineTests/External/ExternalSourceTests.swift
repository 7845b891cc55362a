import MartletCore
import Testing

@testable import MartletEngine

@Suite("ExternalSource")
struct ExternalSourceTests {
    private static let least = #"{"name":"prowler","command":["prowler"],"output":"stdout"}"#

    @Test("every field comes back from its document")
    func roundTrip() throws {
        let command = ExternalCommand([.argument("prowler"), .group(["--region", "{regions}"])])
        var source = ExternalSource(name: "prowler", command: command, output: try ExternalOutputPlace("file:o/*.json"))
        #expect(try ExternalSource(json: JSONValue.parse(source.json.text)) == source)
        source.timeout = 60
        source.outputLimit = 4096
        source.diskLimit = 8192
        source.memoryLimit = 1 << 30
        source.findingsExitCodes = [3, 4]
        source.environment = ["A": "1", "B": "two"]
        source.secrets = [try ExternalSecret("TOKEN=t"), try ExternalSecret("accounts/{provider}/{account}")]
        #expect(try ExternalSource(json: JSONValue.parse(source.json.text)) == source)
        #expect(try ExternalSource(json: JSONValue.parse(Self.least)).timeout == 21_600)
    }

    @Test(
        "what makes no sense is refused with its place",
        arguments: [
            (#""timeout_seconds":0"#, "/timeout_seconds"), (#""timeout_seconds":"1h""#, "/timeout_seconds"),
            (#""output_bytes":1"#, "/output_bytes"), (#""disk_bytes":2048"#, "/disk_bytes"),
            (#""memory_bytes":1"#, "/memory_bytes"), (#""findings_exit_codes":[0]"#, "/findings_exit_codes"),
            (#""findings_exit_codes":[9999999999]"#, "/findings_exit_codes"),
            (#""environment":{"HOME":"/"}"#, "/environment/HOME"),
            (#""environment":{"LD_PRELOAD":"x"}"#, "/environment/LD_PRELOAD"),
            (#""environment":{"A=B":"x"}"#, "/environment/A=B"), (#""environment":{"A":1}"#, "/environment/A"),
            (#""environment":{"A":"\u0000"}"#, "/environment/A"), (#""secrets":["1=a"]"#, "/secrets/0"),
            (#""secrets":["A=a b"]"#, "/secrets/0"),
            (#""secrets":["A={region}"]"#, "/secrets/0"), (#""environment":{"A":"x"},"secrets":["A=a"]"#, "/secrets/0"),
            (#""secrets":["A=a","A=b"]"#, "/secrets/1"),
            (#""secrets":["A","A"]"#, "/secrets/1"), (#""timeout":5"#, "/timeout"), (#""name":"x""#, ""),
        ])
    func malformed(field: String, place: String) throws {
        let json = try JSONValue.parse(Self.least.dropLast() + "," + field + "}")
        let error = #expect(throws: MartletError.self) { try ExternalSource(json: json) }
        #expect(error?.code == .invalidInput && error?.place == place)
    }

    @Test(
        "outputs that leave the directory are refused",
        arguments: ["", "file", "file:", "file:/a", "file:../a", "file:a//b", "file:a/./b", "stderr"])
    func outputs(text: String) {
        #expect(throws: MartletError.self) { try ExternalOutputPlace(text) }
    }
}
