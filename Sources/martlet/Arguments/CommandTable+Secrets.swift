extension CommandTable {
    static let keyFile = OptionSpec(
        "secret-key-file", value: "FILE", environment: "MARTLET_SECRET_KEY_FILE", completion: .file,
        "The file with the keys; else MARTLET_SECRET_KEY, else the file beside an embedded store")

    static let secrets: [CommandSpec] = [
        CommandSpec(
            // Only one operand is taken; more are refused by the command, which does not repeat them.
            "secret", "set", operands: "NAME", count: 1...Int.max, operand: .text,
            summary: "Seal a secret and keep it under a name",
            details: """
                The value comes from a file, from the environment or from standard input, never from an argument. A JSON \
                object whose values are all texts is kept field by field, for example one field for each variable of a \
                scanner's environment; everything else is one text of at most 64 KiB.

                The key comes from --secret-key-file, MARTLET_SECRET_KEY_FILE or MARTLET_SECRET_KEY. An embedded store \
                gets a key of its own beside it when there is none of these.
                """,
            options: [
                OptionSpec("from-file", value: "FILE", completion: .file, "Read the value from a file"),
                OptionSpec(
                    "from-env", value: "VARIABLE", repeats: true,
                    "Take these environment variables, each as a field of its name"),
                OptionSpec("text", "Keep the value as one text, even if it is a JSON object"),
                keyFile, CommonOptions.output,
            ], action: .secretSet),
        CommandSpec(
            "secret", "list", summary: "List the secrets, without anything of their values",
            options: [CommonOptions.output], action: .secretList),
        CommandSpec(
            "secret", "remove", operands: "NAME", count: 1...1, operand: .text, summary: "Remove a secret",
            action: .secretRemove),
        CommandSpec(
            "secret", "rotate", summary: "Seal every secret of all tenants with the first key",
            details: """
                Every process must know the new key before, and the old one until this has ended. May be interrupted at \
                any moment and run again. Exits with 1 when a secret could not be opened; it stays as it was.
                """,
            options: [
                OptionSpec(
                    "to", value: "KEYFILE", completion: .file, "Seal with the first key of this file instead"),
                keyFile, CommonOptions.output,
            ], action: .secretRotate),
        CommandSpec("secret", "key", summary: "Print a new key for secrets", action: .secretKey),
    ]
}
