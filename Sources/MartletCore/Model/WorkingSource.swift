/// A source that works for its findings, such as a scanner of our own, and can tell how far it has come while it has none.
public protocol WorkingSource: FindingSource {
    /// What has been done, out of what is known so far to be done, and in words. `done` grows whenever anything happens.
    var activity: SourceActivity { get }
}
