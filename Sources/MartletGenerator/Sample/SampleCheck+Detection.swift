extension SampleCheck {
    static let detection: [SampleCheck] = [
        SampleCheck(
            id: "guardduty_is_enabled", severity: .high, subject: .each(.detector), rule: .share(0),
            title: "Threat detection is on in every region",
            description: "The detector watches the trail, the network and name look-ups for signs of attack.",
            risk: "An attack in a region without a detector is found by its bill.",
            remediation: "Turn the detector on in the region, also where nothing runs.",
            pass: "The detector of {region} is on.", fail: "The detector of {region} is suspended.",
            categories: ["forensics-ready"], rules: ["LOG-5"]),
        SampleCheck(
            id: "guardduty_s3_protection_enabled", severity: .high, subject: .each(.detector), rule: .share(0.3),
            title: "Threat detection watches buckets",
            description: "The detector can also look at who reads and deletes objects.",
            risk: "Mass copies and deletions from buckets go unseen.",
            remediation: "Turn on the detector's protection of buckets.",
            pass: "The detector of {region} watches buckets.", fail: "The detector of {region} does not watch buckets.",
            categories: [], rules: ["LOG-5"]),
        SampleCheck(
            id: "guardduty_centrally_managed", severity: .medium, subject: .each(.detector), rule: .share(1),
            title: "Threat detection is managed centrally",
            description: "An administrator account can own the settings and see the results of all members.",
            risk: "Whoever takes over the account can switch its detector off.",
            remediation: "Invite the account from the security account.",
            pass: "The detector of {region} is managed centrally.",
            fail: "The detector of {region} is managed by the account itself.", categories: [], rules: ["LOG-5"]),
    ]
}
