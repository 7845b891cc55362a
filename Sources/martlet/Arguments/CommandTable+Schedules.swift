extension CommandTable {
    static let schedules: [CommandSpec] = [
        CommandSpec(
            "schedule", "add", summary: "Have scans of an account asked for at fixed times",
            details: """
                --cron has five fields as in crontab(5): minute, hour, day of month, month, day of week; or @hourly, \
                @daily, @weekly, @monthly, @yearly. It is meant in --timezone, an IANA name such as Europe/Berlin, \
                with its daylight saving. Workers ask for each scan once, however many they are, and while the last \
                one is queued or running the next one waits for its end.

                A slot counts as missed when no worker could ask for it within five minutes: `run-once` makes up for \
                all missed ones by one scan, `skip` lets them be.
                """,
            options: scanOrder + [
                OptionSpec("cron", value: "EXPRESSION", "When, for example \"0 */6 * * *\""),
                OptionSpec("timezone", value: "ZONE", "The time zone of --cron (default: UTC)"),
                OptionSpec(
                    "jitter", value: "SPAN", "The longest random delay, 0 to 1d, as 30s, 10m or 1h (default: 0)"),
                OptionSpec(
                    "missed", value: "POLICY", choices: ["skip", "run-once"],
                    "What becomes of missed times: skip or run-once (default: run-once)"),
                OptionSpec("name", value: "NAME", "How people call it (default: its id)"),
                CommonOptions.output,
            ], action: .scheduleAdd),
        CommandSpec(
            "schedule", "list", summary: "List the schedules with their next time and their last scan",
            options: [CommonOptions.output], action: .scheduleList),
        CommandSpec(
            "schedule", "pause", operands: "ID", count: 1...1, operand: .text,
            summary: "Stop a schedule until it is resumed",
            details: "ID is the schedule's id or name. A scan that was asked for goes on.",
            options: [CommonOptions.output], action: .schedulePause),
        CommandSpec(
            "schedule", "resume", operands: "ID", count: 1...1, operand: .text,
            summary: "Let a paused schedule go on from now",
            details: "ID is the schedule's id or name. Times of the pause are not made up for.",
            options: [CommonOptions.output], action: .scheduleResume),
        CommandSpec(
            "schedule", "remove", operands: "ID", count: 1...1, operand: .text, summary: "Remove a schedule",
            details: "ID is the schedule's id or name. Scans that it asked for stay.", action: .scheduleRemove),
    ]
}
