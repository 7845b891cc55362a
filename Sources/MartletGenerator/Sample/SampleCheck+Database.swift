extension SampleCheck {
    static let database: [SampleCheck] = [
        SampleCheck(
            id: "rds_instance_no_public_access", severity: .critical, subject: .each(.database), rule: .share(0),
            title: "Databases cannot be reached from the internet",
            description: "A database needs to be reachable by its applications only.",
            risk: "A weak password or an unpatched server is then all that stands before the data.",
            remediation: "Turn public access off and remove the group rules that go with it.",
            pass: "Database {name} is not public.", fail: "Database {name} can be reached from the internet.",
            categories: ["internet-exposed"], rules: ["NET-2"],
            attacks: [.init(id: "T1190", technique: "Exploit Public-Facing Application", tactic: "Initial Access")]),
        SampleCheck(
            id: "rds_instance_storage_encrypted", severity: .high, subject: .each(.database), rule: .share(0.12),
            title: "Databases encrypt their storage",
            description: "Encryption is chosen when a database is created and covers its backups too.",
            risk: "A snapshot that leaves the account can be read by whoever receives it.",
            remediation: "Restore an encrypted copy of the latest snapshot and switch over.",
            pass: "Database {name} encrypts its storage.", fail: "Database {name} does not encrypt its storage.",
            categories: ["encryption"], rules: ["ENC-1"]),
        SampleCheck(
            id: "rds_instance_backup_enabled", severity: .medium, subject: .each(.database), rule: .share(0.12),
            title: "Databases are backed up",
            description: "Automatic backups allow going back to any second of the last days.",
            risk: "A wrong statement cannot be undone.", remediation: "Set the backup retention to 14 days.",
            pass: "Database {name} is backed up for 14 days.", fail: "Database {name} has no automatic backups.",
            categories: ["resilience"], rules: ["RES-1"]),
        SampleCheck(
            id: "rds_instance_deletion_protection", severity: .medium, subject: .each(.database), rule: .share(0.3),
            title: "Databases are protected from deletion",
            description: "With the protection on, a database must be unlocked before it can be deleted.",
            risk: "One wrong line in a template removes a database in use.",
            remediation: "Turn on deletion protection for everything in production.",
            pass: "Database {name} is protected from deletion.", fail: "Database {name} can be deleted in one step.",
            categories: ["resilience"], rules: ["RES-1"]),
        SampleCheck(
            id: "rds_instance_certificate_expiration", severity: .high, subject: .each(.database),
            rule: .expiresWithin(90), title: "Database certificates are valid for 90 days more",
            description: "Clients that verify certificates stop connecting when one expires.",
            risk: "An expired certificate takes the shop down, or teaches people to switch verification off.",
            remediation: "Plan a window and move the database to the current certificate authority.",
            pass: "The certificate of {name} is valid for {left} days.",
            fail: "The certificate of {name} expires in {left} days.", categories: ["encryption"], rules: ["ENC-2"]),
    ]
}
