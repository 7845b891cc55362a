// swift-tools-version: 6.0
import PackageDescription

// The graph is the one of ARCHITECTURE.md: dependencies point down only.
let package = Package(
    name: "martlet",
    products: [
        .executable(name: "martlet", targets: ["martlet"]),
        .executable(name: "martlet-bench", targets: ["martlet-bench"]),
    ],
    targets: [
        // MARK: System libraries and thin C/C++ shims
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(
            name: "CMicroHTTPD", pkgConfig: "libmicrohttpd",
            providers: [.apt(["libmicrohttpd-dev", "libgnutls28-dev"])]),
        .target(
            name: "CSimdJSON",
            cxxSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))],
            linkerSettings: [.linkedLibrary("simdjson")]),
        // The guardian of external scanners.
        .target(name: "CProcess"),

        // Checks, collectors and frameworks of the repository's root, compiled in.
        .executableTarget(name: "martlet-pack"),
        .plugin(name: "PackData", capability: .buildTool(), dependencies: ["martlet-pack"]),
        .target(name: "MartletData", plugins: ["PackData"]),

        // MARK: Layers, lowest first
        .target(name: "MartletCore", dependencies: ["CSimdJSON", "CSodium"]),
        .target(name: "MartletCEL", dependencies: ["MartletCore", "CSimdJSON"]),
        .target(name: "MartletPolicy", dependencies: ["MartletCore", "MartletCEL"]),
        .target(
            name: "MartletFormats",
            dependencies: ["MartletCore", "MartletData", "MartletPolicy", "CSimdJSON", "CYAML", "CZlib", "CZstd"]),
        .target(
            name: "MartletStore", dependencies: ["MartletCore", "MartletPolicy", "CPostgres", "CSQLite"],
            resources: [
                .embedInCode("Migrations/migration_0001_initial.sql"),
                .embedInCode("Migrations/migration_0001_postgresql.sql"),
                .embedInCode("Migrations/migration_0002_retention.sql"),
                .embedInCode("Migrations/migration_0003_secrets.sql"),
                .embedInCode("Migrations/migration_0004_queue.sql"),
                .embedInCode("Migrations/migration_0005_sources.sql"),
                .embedInCode("Migrations/migration_0006_schedules.sql"),
                .embedInCode("Migrations/migration_0007_access.sql"),
                .embedInCode("Migrations/migration_0008_checks.sql"),
                .embedInCode("Migrations/migration_0009_idempotency.sql"),
                .embedInCode("Migrations/migration_0010_api.sql"),
                .embedInCode("Migrations/migration_0011_cursors.sql"),
                .embedInCode("Migrations/migration_0012_work.sql"),
                .embedInCode("Migrations/migration_0013_removal.sql"),
                .embedInCode("Migrations/migration_0013_postgresql.sql"),
                .embedInCode("Migrations/migration_0013_sqlite.sql"),
            ]),
        .target(
            name: "MartletEngine",
            dependencies: ["MartletCore", "MartletPolicy", "MartletStore", "CProcess", "COpenSSL", "CSodium"]),

        // Reads and runs the official tests of the expression language.
        .target(name: "MartletCELConformance", dependencies: ["MartletCEL", "MartletCore"]),
        // Outgoing HTTP, for providers and for the server.
        .target(name: "MartletHTTPClient", dependencies: ["CCurl"]),
        // Spans for a collector of OpenTelemetry, over HTTP.
        .target(name: "MartletTelemetry", dependencies: ["MartletCore", "MartletHTTPClient"]),
        // Scanners of our own: what providers' APIs say, run through checks.
        .target(
            name: "MartletProviders",
            dependencies: [
                "MartletCore", "MartletCEL", "MartletPolicy", "MartletFormats", "MartletHTTPClient", "CProcess",
                "COpenSSL",
            ]),
        // A small server of tests and benchmarks, on the loopback interface only.
        .target(name: "MartletLoopback"),
        // HTTP itself; what is served is not its business.
        .target(name: "MartletHTTPServer", dependencies: ["MartletCore", "CMicroHTTPD"]),
        .target(
            name: "MartletServer",
            dependencies: [
                "MartletHTTPServer", "MartletHTTPClient", "MartletEngine", "MartletStore", "MartletFormats",
                "MartletPolicy", "MartletCore", "CZlib",
            ]),

        // The project's own generator of findings, for the sample, benchmarks and tests.
        .target(name: "MartletGenerator", dependencies: ["MartletCore"]),

        // The queue's protocol as a model that is run through millions of schedules. Optimized in debug builds, too.
        .target(
            name: "MartletSimulation", dependencies: ["MartletCore"],
            swiftSettings: [.unsafeFlags(["-O"], .when(configuration: .debug))]),

        // MARK: Programs
        .executableTarget(
            name: "martlet",
            dependencies: [
                "MartletCore", "MartletPolicy", "MartletFormats", "MartletStore", "MartletEngine", "MartletProviders",
                "MartletHTTPClient", "MartletHTTPServer", "MartletServer", "MartletTelemetry", "MartletData",
            ]),
        .executableTarget(
            name: "martlet-bench",
            dependencies: [
                "MartletGenerator", "MartletSimulation", "MartletCore", "MartletCEL", "MartletCELConformance",
                "MartletPolicy", "MartletFormats", "MartletStore", "MartletEngine", "MartletHTTPClient",
                "MartletLoopback", "CPostgres", "CSQLite",
            ]),

        // MARK: Tests
        .testTarget(name: "MartletCoreTests", dependencies: ["MartletCore"]),
        .testTarget(name: "MartletDataTests", dependencies: ["MartletData"]),
        .testTarget(name: "MartletCELTests", dependencies: ["MartletCEL", "MartletCELConformance", "MartletCore"]),
        // The shipped checks, and what reads and runs checks.
        .testTarget(
            name: "MartletCheckTests",
            dependencies: ["MartletCEL", "MartletCore", "MartletData", "MartletFormats", "MartletPolicy"]),
        .testTarget(name: "MartletPolicyTests", dependencies: ["MartletPolicy", "MartletFormats"]),
        .testTarget(name: "MartletFormatsTests", dependencies: ["MartletFormats"]),
        // The PostgreSQL server that tests start, and what they share to use it.
        .target(
            name: "MartletTestSupport", dependencies: ["MartletCore", "MartletStore", "MartletLoopback", "CProcess"],
            path: "Tests/MartletTestSupport"),
        // What findings over several scans should come to, and random estates to compare by it.
        .target(
            name: "MartletReference",
            dependencies: ["MartletCore", "MartletEngine", "MartletStore", "MartletTestSupport"],
            path: "Tests/MartletReference"),
        // The built program, run by tests.
        .target(name: "MartletProgram", dependencies: ["MartletTestSupport"], path: "Tests/MartletProgram"),
        .testTarget(name: "MartletStoreTests", dependencies: ["MartletStore", "MartletTestSupport"]),
        .testTarget(
            name: "MartletEngineTests",
            dependencies: [
                "MartletEngine", "MartletStore", "MartletFormats", "MartletGenerator", "MartletReference",
                "MartletTestSupport",
            ]),
        .testTarget(
            name: "MartletProcessTests",
            dependencies: [
                "martlet", "martlet-test-scanner", "MartletGenerator", "MartletLoopback", "MartletProgram",
                "MartletTestSupport",
            ]),
        // External scanners as real processes: one that misbehaves, and a worker to be killed.
        .testTarget(
            name: "MartletExternalTests",
            dependencies: ["MartletEngine", "MartletTestSupport", "martlet-test-scanner", "martlet-test-worker"]),
        .executableTarget(name: "martlet-test-scanner", path: "Tests/MartletExternalScanner"),
        .executableTarget(
            name: "martlet-test-worker", dependencies: ["MartletEngine"], path: "Tests/MartletExternalWorker"),
        // The store and the program on a server to which things happen.
        .testTarget(
            name: "MartletFaultTests",
            dependencies: [
                "martlet", "martlet-test-queue", "MartletEngine", "MartletStore", "MartletFormats", "MartletProgram",
                "MartletReference", "MartletTestSupport",
            ]),
        // A worker with short leases, to be killed between any two statements.
        .executableTarget(
            name: "martlet-test-queue", dependencies: ["CSQLite", "MartletEngine", "MartletStore", "MartletFormats"],
            path: "Tests/MartletQueueWorker"),
        .testTarget(
            name: "MartletServerTests",
            dependencies: [
                "MartletServer", "MartletHTTPServer", "MartletHTTPClient", "MartletEngine", "MartletStore",
                "MartletLoopback", "MartletTestSupport",
            ]),
        .testTarget(
            name: "MartletProvidersTests",
            dependencies: [
                "MartletProviders", "MartletHTTPClient", "MartletLoopback", "MartletCore", "MartletTestSupport",
            ]),
        .testTarget(
            name: "MartletHTTPClientTests",
            dependencies: ["MartletHTTPClient", "MartletTelemetry", "MartletCore", "MartletLoopback"]),
        .testTarget(name: "MartletGeneratorTests", dependencies: ["MartletGenerator", "MartletTestSupport"]),
        .testTarget(name: "MartletSimulationTests", dependencies: ["MartletSimulation"]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
