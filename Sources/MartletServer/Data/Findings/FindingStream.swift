import MartletCore
import MartletStore

/// The pieces of a streamed list, made one at a time as they are asked for.
actor FindingStream {
    private let store: Store
    private let selection: FindingFilters.Selection
    private let pageRows: Int
    private var format: FindingFormat
    private var cursor: FindingCursor?
    private var first: FindingPage?
    private var isEnded = false

    init(store: Store, selection: FindingFilters.Selection, format: FindingFormat, pageRows: Int) {
        self.store = store
        self.selection = selection
        self.format = format
        self.pageRows = pageRows
    }

    /// Reads the first page, so that errors come before the answer begins.
    func begin() async throws { first = try await page() }

    /// The next piece; nil after the last.
    func next() async throws -> [UInt8]? {
        while !isEnded {
            let page: FindingPage
            if let begun = first {
                page = begun
                first = nil
            } else {
                page = try await self.page()
            }
            for row in page.rows { try format.write(row) }
            cursor = page.next
            if page.next == nil {
                format.finish()
                isEnded = true
            }
            let bytes = format.takeBytes()
            if !bytes.isEmpty { return bytes }
        }
        return nil
    }

    private func page() async throws -> FindingPage {
        let (selection, cursor, rows) = (selection, cursor, pageRows)
        return try await store.readRetrying { reader in
            try (selection.number.map(reader.asOf) ?? reader).findings(
                selection.filter, at: selection.scan, after: cursor, limit: rows)
        }
    }
}
