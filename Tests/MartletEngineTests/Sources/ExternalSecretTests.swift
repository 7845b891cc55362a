import MartletCore
import MartletStore
import Testing

@testable import MartletEngine

@Suite("External sources: secrets")
struct ExternalSecretTests {
    private static let account = AccountKey(provider: ProviderSample.aws, uid: "111")

    @Test("a secret is read, written and named for an account")
    func forms() throws {
        let shared = try ExternalSecret("TOKEN=github/token")
        #expect(shared.variable == "TOKEN" && shared.kind == .text && shared.isShared)
        #expect(shared.description == "TOKEN=github/token")
        let own = try ExternalSecret("accounts/{provider}/{account}")
        #expect(own.variable == nil && own.kind == .fields && !own.isShared)
        #expect(try own.secretName(for: Self.account).text == "accounts/aws/111")
        let odd = AccountKey(provider: ProviderSample.aws, uid: "a:b")
        let error = #expect(throws: MartletError.self) { try own.secretName(for: odd) }
        #expect(error?.code == .invalidInput && error?.message.contains("aws/a:b") == true)
    }

    @Test(
        "what is no secret is refused, and not repeated",
        arguments: [
            "", "A=", "=a", "1A=a", "HOME=a", "LD_PRELOAD=a", "A=pass word", "pass word", "A={region}", "A={", "A=é",
        ])
    func refused(text: String) {
        let error = #expect(throws: MartletError.self) { try ExternalSecret(text, place: "--secret") }
        #expect(error?.code == .invalidInput && error?.place == "--secret")
        #expect(error?.message.contains("pass word") == false)
    }

    private static func source(_ secrets: String...) throws -> ExternalSource {
        var source = ExternalSource(
            name: "s", command: ExternalCommand(arguments: ["true"]), output: .standardOutput)
        source.secrets = try secrets.map { try ExternalSecret($0) }
        return source
    }

    @Test("texts and fields become variables, each account's its own", arguments: StorePlace.allCases)
    func variables(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let (secrets, ring) = (Secrets(store: test.store), try SecretKeyRing.new())
            try await secrets.set(try SecretName("t"), to: .text(SecretBytes("token")), keys: ring)
            for uid in ["111", "222"] {
                try await secrets.set(
                    try SecretName("accounts/aws/\(uid)"),
                    to: .fields([.init("KEY_ID", SecretBytes("id-\(uid)")), .init("KEY", SecretBytes(""))]), keys: ring)
            }
            let source = try Self.source("TOKEN=t", "accounts/{provider}/{account}")
            for uid in ["111", "222"] {
                let key = AccountKey(provider: ProviderSample.aws, uid: uid)
                let variables = try await secrets.variables(of: source, for: key) { ring }
                #expect(variables == ["TOKEN": "token", "KEY_ID": "id-\(uid)", "KEY": ""])
            }
            let other = AccountKey(provider: ProviderSample.aws, uid: "333")
            await expectError(.notFound) { _ = try await secrets.variables(of: source, for: other) { ring } }
            await expectError(.secretKeyUnknown) {
                _ = try await secrets.variables(of: source, for: Self.account) { try .new() }
            }
            let none = try await secrets.variables(of: Self.source(), for: Self.account) {
                throw MartletError(.secretKeyMissing, "asked without need")
            }
            #expect(none.isEmpty)
        }
    }

    @Test("values and names that no environment can hold are refused without being shown")
    func unusable() async throws {
        try await TestStore.with(.sqlite) { test in
            let (secrets, ring) = (Secrets(store: test.store), try SecretKeyRing.new())
            func set(_ name: String, _ value: SecretValue) async throws {
                try await secrets.set(try SecretName(name), to: value, keys: ring)
            }
            try await set("text", .text(SecretBytes("hunter22")))
            try await set("bytes", .text(SecretBytes([0xFF, 0xFE])))
            try await set("fields", .fields([.init("A", SecretBytes("hunter22"))]))
            try await set("home", .fields([.init("HOME", SecretBytes("hunter22"))]))
            try await set("dotted", .fields([.init("a.b", SecretBytes("hunter22"))]))
            var clash = try Self.source("fields")
            clash.environment["A"] = "b"
            let sources = [
                try Self.source("text"), try Self.source("A=fields"), try Self.source("A=bytes"),
                try Self.source("home"),
                try Self.source("dotted"), try Self.source("A=text", "fields"), clash,
            ]
            for source in sources {
                let error = await expectError(.invalidInput) {
                    _ = try await secrets.variables(of: source, for: Self.account) { ring }
                }
                #expect(error?.description.contains("hunter22") == false && error?.place != nil)
            }
        }
    }

    @Test("a shared secret must be there when a source is added", arguments: StorePlace.allCases)
    func added(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let sources = ExternalSources(store: test.store)
            let source = try Self.source("TOKEN=hunter22")
            let error = await expectError(.notFound) { try await sources.add(source) }
            #expect(error?.description.contains("hunter22") == false, "it may be the secret")
            try await Secrets(store: test.store).set(
                try SecretName("hunter22"), to: .text(SecretBytes("x")), keys: .new())
            try await sources.add(source)
            await expectError(.conflict) { try await sources.add(source) }
            let fields = try Self.source("hunter22")
            await expectError(.invalidInput) { try await sources.add(fields, replacing: true) }
            #expect(try await sources.source(named: "s") == source)
            // What depends on the account is looked for when one is scanned.
            try await sources.add(try Self.source("accounts/{account}"), replacing: true)
            var broken = source
            broken.timeout = 0
            await expectError(.invalidInput) { try await sources.add(broken, replacing: true) }
            #expect(try await sources.remove("s"))
            #expect(try await sources.remove("s") == false)
            await expectError(.notFound) { _ = try await sources.source(named: "s") }
        }
    }
}
