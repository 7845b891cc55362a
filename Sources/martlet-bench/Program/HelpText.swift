/// What `martlet-bench --help` prints.
enum HelpText {
    static let text = """
        usage: martlet-bench COMMAND [OPTIONS]

          import       the road of an import on a fresh SQLite store: first, unchanged and changed,
                       against plain inserts of the same rows
            --findings N       findings of the estate (30000)
            --resources N      its resources (half as many)
            --regions N        its regions (20)
            --tags N           tags on each resource (5)
            --frameworks PATH  a framework's file or a folder of them, added before the first import;
                               may be given more than once
            --rescan           the second import is a scan a day later in which nothing changed,
                               instead of the same file again
            --changed SHARE    findings whose status differs in the third import (0.01)
            --batch-size N     findings a transaction (3000)
            --runs N           runs; figures are medians (3)
            --directory DIR    where stores and files are made (TMPDIR or /tmp)
            --keep             leave them there
            -o table|json

          compliance   evaluation alone, evaluated and written, unchanged, against plain inserts
            --findings N --resources N --regions N --frameworks PATH --runs N --directory DIR --keep -o
                               as above (10000 findings); without --frameworks 49 made-up frameworks and
                               those of ./frameworks

          generate     writes a benchmark estate as OCSF NDJSON
            --findings N --resources N --regions N --tags N
            --seed N           changes everything but the checks (1)
            --scan N           the N-th scan of the estate (1)
            --flip SHARE       findings whose status differs from the scan before (0.05)
            --detail-change SHARE
            --catalog PATH     take the AWS checks of frameworks instead of made-up ones
            --output FILE      - for standard output (-)

          sample DIR   writes the three scans of the sample account, uncompressed


        """
}
