extension ShippedFrameworks {
    /// The hashes of all contents that were ever given out, by the frameworks' ids, the newest last.
    ///
    /// A framework that changes gets one more: by the earlier ones a store's content is known to be the program's and not a
    /// tenant's own, and is replaced. Tests compare the last one with the file, and say what to write here.
    static let contents: [String: [String]] = [
        "martlet_baseline_aws": ["a20dc0d2011e2a0df244e3780cc4644e"],
        "martlet_cis_5.0_azure": ["58f85955f808e03ed813176561539ec1"],
        "martlet_enisa_pqc_azure": ["e9a686d534df81ad3906d5d6654cd01d"],
        "martlet_essentials": ["e4c90b183576254b6ba03f4c510bd9b4"],
        "martlet_iso27001_2022_azure": ["ae769d083ddbc7851701f73b927c359b"],
        "martlet_ncsc_pqc_azure": ["4bf8e12c5739eef3fcc0e08cce1f375b"],
        "martlet_nist_csf_2.0_azure": ["1312a4307742a4d323208eaad042843a"],
        "martlet_soc2_azure": ["8a8bdf53f9547051dc11cba2deb3c458"],
        "martlet_threatscore_aws": ["ac1853565a12aec3285153cc623f2bae"],
        "martlet_threatscore_azure": ["66528434df892e234bc9b88870141cd6", "0e1ab0d6848d8475b36bc561845dcaa1"],
    ]
}
