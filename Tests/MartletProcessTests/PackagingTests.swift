import Foundation
import MartletCore
import MartletFormats
import MartletProgram
import MartletTestSupport
import Testing

@testable import martlet

/// What `packaging/` says of the program is true of the program. Nothing here builds a container.
struct PackagingTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("packaging")

    private static func text(_ name: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)
    }

    /// The compose file, its merge key under another name, which our reader would refuse.
    private static func compose() throws -> MarkedNode {
        let text = try text("compose.yaml").replacingOccurrences(of: "<<: *martlet", with: "base: *martlet")
        return try YAMLReader.read(text: text, file: "compose.yaml")
    }

    private static func strings(_ node: MarkedNode?) -> [String] {
        guard case .sequence(let nodes) = node?.value else { return [] }
        return nodes.map(\.text)
    }

    private static func entries(_ node: MarkedNode?) -> [(key: String, value: MarkedNode)] {
        guard case .mapping(let entries) = node?.value else { return [] }
        return entries.map { ($0.key, $0.value) }
    }

    private static func value(_ node: MarkedNode?, _ path: String...) -> MarkedNode? {
        var place = node
        for key in path { place = entries(place).first { $0.key == key }?.value }
        return place
    }

    @Test func variablesExist() throws {
        var known = Set(ConfigurationFile.options.compactMap(\.environment) + ConfigurationFile.fileVariables)
        known.formUnion(["MARTLET_HOME", "MARTLET_CONFIG", "MARTLET_SECRET_KEY", "MARTLET_SECRET_KEY_FILE"])
        var seen: Set<String> = []
        for file in ["Containerfile", "compose.yaml", "martlet-worker.service"] {
            for match in try Self.text(file).matches(of: /(?:MARTLET|OTEL)_[A-Z_]+/) {
                #expect(known.contains(String(match.0)), "\(file): \(match.0)")
                seen.insert(String(match.0))
            }
        }
        #expect(seen.isSuperset(of: ["MARTLET_DATABASE_FILE", "MARTLET_LISTEN", "MARTLET_LOG_FORMAT"]))
    }

    @Test func commandLinesAreUnderstood() throws {
        var lines = try Self.entries(Self.value(try Self.compose(), "services")).compactMap { service in
            Self.value(service.value, "command").map { Self.strings($0) }
        }
        #expect(lines.count == 3)
        let unit = try Self.text("martlet-worker.service").split(separator: "\n")
        let start = try #require(unit.first { $0.hasPrefix("ExecStart=") }).split(separator: " ").map(String.init)
        #expect(start[0] == "ExecStart=/usr/local/bin/martlet")
        lines.append(Array(start.dropFirst()))
        let recipe = try Self.text("Containerfile").split(separator: "\n")
        let command = try #require(recipe.first { $0.hasPrefix("CMD ") }).dropFirst(4)
        lines.append(Self.strings(try YAMLReader.read(text: String(command), file: "CMD")))
        for line in lines {
            let parsed = try ArgumentParser.parse(line, environment: [:])
            #expect(["serve", "worker"].contains(parsed.command.name), "\(line)")
        }
    }

    @Test func theComposeFileIsWhole() throws {
        let compose = try Self.compose()
        let services = Self.entries(Self.value(compose, "services"))
        let secrets = Set(Self.entries(Self.value(compose, "secrets")).map(\.key))
        #expect(services.map(\.key).sorted() == ["db", "server-1", "server-2", "worker"])
        #expect(Self.value(compose, "services", "worker", "deploy", "replicas")?.text == "4")
        for (name, service) in services {
            let base = Self.value(service, "base")
            let used = Self.strings(Self.value(service, "secrets")) + Self.strings(Self.value(base, "secrets"))
            #expect(!used.isEmpty && secrets.isSuperset(of: used), "\(name)")
            #expect(Self.value(service, "image") != nil || Self.value(base, "build") != nil)
            guard name != "db" else { continue }
            #expect(
                Self.value(base, "read_only")?.text == "true" && Self.strings(Self.value(base, "cap_drop")) == ["ALL"])
            for (variable, path) in Self.entries(Self.value(base, "environment")) where variable.hasSuffix("_FILE") {
                #expect(used.contains(String(path.text.split(separator: "/").last ?? "")), "\(variable)")
            }
            for (needed, _) in Self.entries(Self.value(base, "depends_on")) {
                #expect(services.contains { $0.key == needed })
            }
        }
        let file = Self.value(compose, "services", "server-1", "base", "build", "dockerfile")?.text ?? ""
        #expect(FileManager.default.fileExists(atPath: Self.root.deletingLastPathComponent().path + "/" + file))
    }

    /// The libraries of the recipe are those that the program is linked with, and their packages on this Debian.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/dpkg")))
    func theRecipeInstallsWhatTheProgramIsLinkedWith() throws {
        let lines = try Command.run("ldd", [try Binary.path]).split(separator: "\n")
        let needed = try Set(Self.needed(of: try Binary.path))
        var packages: Set<String> = []
        for line in lines {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard words.count >= 3, needed.contains(String(words[0])), !words[2].contains("swift") else { continue }
            let package = try Self.package(of: String(words[2]))
            packages.insert(package)
        }
        // Parts of every Debian.
        packages.subtract(["libc6", "libgcc-s1"])
        let recipe = try Self.text("Containerfile")
        let start = try #require(recipe.range(of: "--no-install-recommends"))
        let rest = recipe[start.upperBound...]
        let end = try #require(rest.range(of: "&&"))
        let installed = Set(
            rest[..<end.lowerBound].split(whereSeparator: { $0.isWhitespace || $0 == "\\" }).map(String.init))
        #expect(installed.subtracting(["ca-certificates", "tzdata"]) == packages)
    }

    /// The names in the program's dynamic section, as `ldd -v` cannot tell them from those of libraries' libraries.
    private static func needed(of program: String) throws -> [String] {
        let data = try Command.output("readelf", ["-d", program])
        return String(decoding: data, as: UTF8.self).matches(of: /\(NEEDED\).*\[(.+)\]/).map { String($0.1) }
    }

    private static func package(of library: String) throws -> String {
        let real = URL(fileURLWithPath: library).resolvingSymlinksInPath().path
        for path in [real, library, real.replacingOccurrences(of: "/usr/lib", with: "/lib"), "/usr" + library] {
            guard let answer = try? Command.run("dpkg", ["-S", path]), let name = answer.split(separator: ":").first
            else { continue }
            return String(name)
        }
        Issue.record("no package has \(library)")
        return library
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")))
    func systemdUnderstandsTheUnit() throws {
        let folder = try Folder()
        let unit = try Self.text("martlet-worker.service").replacingOccurrences(
            of: "/usr/local/bin/martlet", with: try Binary.path)
        let file = try folder.write(unit, "martlet-worker.service")
        let said = try Command.run("systemd-analyze", ["verify", "--man=no", file])
        #expect(said == "")
        let wrong = try folder.write(unit + "\n[Service]\nWatchdogSecs=1\n", "martlet-wrong.service")
        let heard = (try? Command.run("systemd-analyze", ["verify", "--man=no", wrong])) ?? "refused"
        #expect(!heard.isEmpty)
    }
}
