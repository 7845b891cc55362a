/// The reader of standard output is gone, as when it is piped into `head`: no error, but nothing more to do.
struct OutputClosed: Error {}
