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
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .target(
            name: "CSimdJSON",
            cxxSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))],
            linkerSettings: [.linkedLibrary("simdjson")]),

        // MARK: Layers, lowest first
        .target(name: "MartletCore", dependencies: ["CSimdJSON", "CSodium"]),
        .target(name: "MartletPolicy", dependencies: ["MartletCore"]),
        .target(
            name: "MartletFormats",
            dependencies: ["MartletCore", "MartletPolicy", "CSimdJSON", "CYAML", "CZlib", "CZstd"]),
        .target(
            name: "MartletStore", dependencies: ["MartletCore", "MartletPolicy", "CPostgres", "CSQLite"],
            resources: [
                .embedInCode("Migrations/migration_0001_initial.sql"),
                .embedInCode("Migrations/migration_0001_postgresql.sql"),
                .embedInCode("Migrations/migration_0002_retention.sql"),
            ]),
        .target(
            name: "MartletEngine",
            dependencies: ["MartletCore", "MartletPolicy", "MartletStore"]),

        // The project's own generator of findings, for the sample, benchmarks and tests.
        .target(name: "MartletGenerator", dependencies: ["MartletCore"]),

        // MARK: Programs
        .executableTarget(
            name: "martlet",
            dependencies: ["MartletCore", "MartletPolicy", "MartletFormats", "MartletStore", "MartletEngine"]),
        .executableTarget(
            name: "martlet-bench",
            dependencies: [
                "MartletGenerator", "MartletCore", "MartletPolicy", "MartletFormats", "MartletStore", "MartletEngine",
                "CSQLite",
            ]),

        // MARK: Tests
        .testTarget(name: "MartletCoreTests", dependencies: ["MartletCore"]),
        .testTarget(name: "MartletPolicyTests", dependencies: ["MartletPolicy", "MartletFormats"]),
        .testTarget(name: "MartletFormatsTests", dependencies: ["MartletFormats"]),
        // The PostgreSQL server that tests start, and what they share to use it.
        .target(
            name: "MartletTestSupport", dependencies: ["MartletCore", "MartletStore"], path: "Tests/MartletTestSupport"),
        .testTarget(name: "MartletStoreTests", dependencies: ["MartletStore", "MartletTestSupport"]),
        .testTarget(
            name: "MartletEngineTests",
            dependencies: ["MartletEngine", "MartletStore", "MartletFormats", "MartletGenerator", "MartletTestSupport"]),
        .testTarget(name: "MartletProcessTests", dependencies: ["martlet", "MartletGenerator"]),
        .testTarget(name: "MartletGeneratorTests", dependencies: ["MartletGenerator"]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
