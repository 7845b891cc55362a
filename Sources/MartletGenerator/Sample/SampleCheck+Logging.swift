extension SampleCheck {
    static let logging: [SampleCheck] = [
        SampleCheck(
            id: "cloudtrail_multi_region_enabled", severity: .high, subject: .each(.trail), rule: .share(0),
            title: "The trail covers every region",
            description: "A trail of one region does not see what is done in the others.",
            risk: "Attackers like to start machines in regions that nobody watches.",
            remediation: "Make the trail a multi-region trail.", pass: "Trail {name} records all regions.",
            fail: "Trail {name} records one region only.", categories: ["logging", "forensics-ready"],
            rules: ["LOG-3"]),
        SampleCheck(
            id: "cloudtrail_log_file_validation_enabled", severity: .medium, subject: .each(.trail), rule: .share(0),
            title: "Trail files are signed",
            description: "Signed digests show whether a log file was changed or removed later.",
            risk: "Nobody can prove that the records are complete.", remediation: "Turn on log file validation.",
            pass: "Trail {name} signs its files.", fail: "Trail {name} does not sign its files.",
            categories: ["logging", "forensics-ready"], rules: ["LOG-3"]),
        SampleCheck(
            id: "cloudtrail_kms_encryption_enabled", severity: .medium, subject: .each(.trail), rule: .share(0),
            title: "Trail files are encrypted with a managed key",
            description: "With a key of the account, reading the records needs a right of its own.",
            risk: "Everyone who may read the bucket may read who did what.",
            remediation: "Set a key on the trail and let auditors use it.",
            pass: "Trail {name} encrypts with a key of the account.",
            fail: "Trail {name} encrypts with the provider's default key.", categories: ["encryption"],
            rules: ["ENC-1", "LOG-3"]),
        SampleCheck(
            id: "cloudwatch_log_group_retention_policy_specific_days_enabled", severity: .medium,
            subject: .each(.logGroup), rule: .share(0.3), title: "Logs are kept for a year",
            description: "Log groups drop what is older than their retention.",
            risk: "Intrusions are often found only after months, when short-lived logs are gone.",
            remediation: "Set the retention to 365 days.", pass: "Log group {name} keeps 365 days.",
            fail: "Log group {name} keeps 14 days, fewer than 365.", categories: ["logging", "forensics-ready"],
            rules: ["LOG-1"]),
        SampleCheck(
            id: "cloudwatch_log_group_kms_encryption_enabled", severity: .medium, subject: .each(.logGroup),
            rule: .share(0.3), title: "Log groups are encrypted with a managed key",
            description: "Logs hold addresses, names and now and then a secret.",
            risk: "Whoever may read logs reads everything in them.", remediation: "Associate a key with the log group.",
            pass: "Log group {name} is encrypted with a key of the account.",
            fail: "Log group {name} is not encrypted with a key of the account.", categories: ["encryption"],
            rules: ["ENC-1"]),
        SampleCheck(
            id: "cloudwatch_log_group_no_secrets_in_logs", severity: .medium, subject: .each(.logGroup),
            rule: .share(0.05), title: "Logs hold no secrets",
            description: "Samples of each log group are searched for passwords, keys and tokens.",
            risk: "A secret in a log is known to everyone who helps with an incident.",
            remediation: "Replace the secret, then mask it where it is written.",
            pass: "No secrets were found in {name}.", fail: "A database password was found in {name}.",
            manual: "Log group {name} is too large to sample; search it by hand.", categories: ["secrets"],
            rules: ["LOG-4"]),
        SampleCheck(
            id: "cloudwatch_log_metric_filter_root_usage", severity: .medium,
            subject: .together([.trail, .trailAlarm]),
            rule: .share(0), title: "Use of root raises an alarm",
            description:
                "A filter on the trail's log group counts what root does, and an alarm tells the people on call.",
            risk: "The first use of stolen root credentials goes unnoticed.",
            remediation: "Add the filter and an alarm that reaches a person.",
            pass: "Use of root raises an alarm.", fail: "Nothing raises an alarm when root is used.",
            categories: ["logging"], rules: ["LOG-5"]),
    ]
}
