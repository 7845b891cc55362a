import Glibc
import MartletCELConformance
import MartletCore

/// How the official tests of the language went, file by file.
struct ConformanceReport {
    private struct File {
        let name: String
        let passed: Int
        let failures: [(test: ConformanceTest, reason: String)]
    }

    private let files: [File]

    init(folder: String) throws {
        files = try ConformanceFile.all(in: folder).map { file in
            var failures: [(test: ConformanceTest, reason: String)] = []
            for test in file.tests {
                if case .failed(let reason) = test.run() { failures.append((test, reason)) }
            }
            return File(name: file.name, passed: file.tests.count - failures.count, failures: failures)
        }
    }

    func print(json: Bool) { BenchProgram.write(json ? document : table, to: STDOUT_FILENO) }

    private var passed: Int { files.reduce(0) { $0 + $1.passed } }
    private var failed: Int { files.reduce(0) { $0 + $1.failures.count } }

    private var table: String {
        var text = ""
        for file in files {
            text += "\(file.name): \(file.passed) passed, \(file.failures.count) failed\n"
            for (test, reason) in file.failures { text += "  \(test.name): \(test.expression)\n    \(reason)\n" }
        }
        return text + "\(passed) of \(passed + failed) passed\n"
    }

    private var document: String {
        var writer = JSONWriter(indentation: 2)
        writer.beginObject()
        writer.field("passed", passed)
        writer.field("failed", failed)
        writer.key("files")
        writer.beginArray()
        for file in files {
            writer.beginObject()
            writer.field("name", file.name)
            writer.field("passed", file.passed)
            writer.field("failed", file.failures.count)
            writer.key("failures")
            writer.beginArray()
            for (test, reason) in file.failures {
                writer.beginObject()
                writer.field("name", test.name)
                writer.field("expression", test.expression)
                writer.field("reason", reason)
                writer.endObject()
            }
            writer.endArray()
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        writer.newline()
        return writer.text
    }
}
