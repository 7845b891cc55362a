extension SampleCheck {
    static let serverless: [SampleCheck] = [
        SampleCheck(
            id: "awslambda_function_using_supported_runtimes", severity: .medium, subject: .each(.function),
            rule: .share(0.15), title: "Functions run on supported runtimes",
            description: "The provider stops patching a runtime some time after its language version ends.",
            risk: "Weaknesses in the runtime stay open, and one day the function can no longer be deployed.",
            remediation: "Move the function to a current runtime and run its tests.",
            pass: "Function {name} runs on a supported runtime.", fail: "Function {name} runs on a retired runtime.",
            categories: [], rules: ["CMP-2"]),
        SampleCheck(
            id: "awslambda_function_not_publicly_accessible", severity: .critical, subject: .each(.function),
            rule: .share(0), title: "Functions cannot be called by everyone",
            description: "Reads the function's policy for callers outside the account.",
            risk: "Anyone can run the function with its rights, and the bill follows.",
            remediation: "Limit the policy to the callers that need it.", pass: "Function {name} is not public.",
            fail: "Function {name} can be called by everyone.", categories: ["internet-exposed"], rules: ["NET-2"]),
        SampleCheck(
            id: "awslambda_function_no_secrets_in_variables", severity: .critical, subject: .each(.function),
            rule: .share(0.05), title: "Functions keep secrets out of their variables",
            description: "Variables of a function are shown to everyone who may read its configuration.",
            risk: "A password meant for the code is known to every reader of the account.",
            remediation: "Move the secret to the secret store, replace it, and let the function fetch it.",
            pass: "No secrets were found in the variables of {name}.",
            fail: "A secret was found in variable DB_PASSWORD of {name}.", categories: ["secrets"], rules: ["CMP-3"],
            attacks: [.init(id: "T1552", technique: "Unsecured Credentials", tactic: "Credential Access")]),
        SampleCheck(
            id: "awslambda_function_inside_vpc", severity: .low, subject: .each(.function), rule: .share(0.35),
            title: "Functions run inside a network",
            description: "Inside a network a function's traffic passes the same rules as everything else's.",
            risk: "A function outside can send data anywhere unseen.",
            remediation: "Attach the function to the private subnets of its region.",
            pass: "Function {name} runs inside a network.", fail: "Function {name} runs outside any network.",
            categories: ["trust-boundaries"], rules: ["NET-3"]),
    ]
}
