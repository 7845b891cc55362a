import Testing

/// Two stores to which the same happens, and what they tell compared.
struct PairOfStores: Sendable {
    let one: TestStore
    let two: TestStore

    /// Does the same to both and expects the same posture afterwards, which it gives: `whole`, or the most of it.
    @discardableResult
    func apply(
        _ context: String, whole: Bool = false, _ location: SourceLocation = #_sourceLocation,
        _ step: @escaping @Sendable (TestStore) async throws -> some Sendable
    ) async throws -> AlignedView {
        async let left = Self.after(step, one, whole: whole)
        async let right = Self.after(step, two, whole: whole)
        let (before, after) = try await (left, right)
        Self.expectEqual(before, after, context, location)
        return before
    }

    /// Expects the same of scans of the past.
    func compare(scans: [String], _ context: String, _ location: SourceLocation = #_sourceLocation) async throws {
        async let left = AlignedView.read(one.store, scans: scans)
        async let right = AlignedView.read(two.store, scans: scans)
        let (before, after) = try await (left, right)
        #expect(before.findings.isEmpty == false, sourceLocation: location)
        Self.expectEqual(before, after, context, location)
    }

    private static func after(
        _ step: @Sendable (TestStore) async throws -> some Sendable, _ test: TestStore, whole: Bool
    ) async throws -> AlignedView {
        _ = try await step(test)
        return try await AlignedView.read(test.store, whole: whole)
    }

    private static func expectEqual(
        _ left: AlignedView, _ right: AlignedView, _ context: String, _ location: SourceLocation
    ) {
        for difference in left.differences(right) {
            Issue.record("\(context): SQLite and PostgreSQL differ in \(difference)", sourceLocation: location)
        }
    }
}
