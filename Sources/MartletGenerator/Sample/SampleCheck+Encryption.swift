extension SampleCheck {
    static let encryption: [SampleCheck] = [
        SampleCheck(
            id: "kms_cmk_rotation_enabled", severity: .high, subject: .each(.key), rule: .share(0.25),
            title: "Keys rotate every year",
            description: "A rotating key encrypts new data with new material and keeps the old for reading.",
            risk: "The longer one key is in use, the more data a single loss gives away.",
            remediation: "Turn on automatic rotation of the key.", pass: "Key {name} rotates automatically.",
            fail: "Key {name} does not rotate.", categories: ["encryption"], rules: ["ENC-3"]),
        SampleCheck(
            id: "kms_cmk_not_deleted_unintentionally", severity: .critical, subject: .each(.key), rule: .share(0),
            title: "No key is waiting to be deleted",
            description: "A key marked for deletion disappears after a waiting period, and with it all it encrypted.",
            risk: "Data and backups become unreadable for ever.",
            remediation: "Cancel the deletion unless two people confirm that nothing needs the key.",
            pass: "Key {name} is not marked for deletion.", fail: "Key {name} is marked for deletion.",
            categories: ["encryption"], rules: ["ENC-3"],
            attacks: [.init(id: "T1485", technique: "Data Destruction", tactic: "Impact")]),
        SampleCheck(
            id: "kms_cmk_not_multi_region", severity: .medium, subject: .each(.key), rule: .share(0),
            title: "Keys stay in one region",
            description: "A key with replicas can decrypt the same data in every region it was copied to.",
            risk: "Data bound to one region by contract can be decrypted elsewhere.",
            remediation: "Use one key for each region unless replication is written down as needed.",
            pass: "Key {name} exists in one region.", fail: "Key {name} has replicas in other regions.",
            categories: ["encryption"], rules: ["ENC-4"]),
    ]
}
