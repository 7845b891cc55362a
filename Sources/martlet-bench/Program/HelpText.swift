/// What `martlet-bench --help` prints.
enum HelpText {
    static let text = """
        usage: martlet-bench COMMAND [OPTIONS]

          import       the road of an import on a fresh store: first, unchanged and changed, against
                       the same rows written by plain inserts (SQLite) or binary COPY (PostgreSQL)
            --database URL     postgresql://…: in schemas of its own in this database, removed afterwards;
                               schema=NAME becomes the beginning of their names. Without it: SQLite
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
            --groups N         the source gives its findings check by check, at most N at a time
            --runs N           runs; figures are medians (3)
            --directory DIR    where stores and files are made (TMPDIR or /tmp)
            --keep             leave them there
            -o table|json

          compliance   evaluation alone, evaluated and written, unchanged, against plain inserts or COPY
            --database URL --findings N --resources N --regions N --frameworks PATH --runs N --directory DIR --keep -o
                               as above (10000 findings); without --frameworks 49 made-up frameworks and
                               those of ./frameworks

          read         latencies of what a server's pages ask for, on a store of several accounts
            --database URL     postgresql://…, in the schema that the URL names, else one of its own;
                               sqlite:PATH; without it SQLite in --directory
            --findings N       findings of all accounts (1500000)
            --accounts N       accounts that share them; the last one has two scans (5)
            --samples N        samples of each query (200)
            --seconds N        a query that takes longer in all has fewer samples (60)
            --runs N           runs of the measurement; figures are medians (1)
            --keep             leave the store for --reuse
            --reuse            measure a store that an earlier run has kept
            --resources N --regions N --tags N --frameworks PATH --directory DIR -o
                               as above, resources of one account

          api          latencies of the program's own server at a fixed rate of requests, alone and beside two workers that
                       ingest; idle connections; listeners to live progress
            --database URL     postgresql://…, as above; in the schema that it names, else one of its own
            --rate N           requests a second (100)
            --seconds N        of each measurement (10)
            --wrk-seconds N    of each measurement with wrk, where that is installed; 0 for none (5)
            --ingest-findings N
                               findings of each scan that is taken in meanwhile (100000)
            --idle N           idle connections (10000)
            --listeners N      listeners (1000)
            --only TEXT        only measurements with this text in their names
            --program PATH     the program (martlet beside this one)
            --findings N --accounts N --resources N --regions N --tags N --frameworks PATH --keep --reuse
            --directory DIR -o
                               as above

          queue        asking for scans; claiming and completing them with 1, 4 and 16 workers, one and 16 at a
                       time, against the same statements sent raw; a waiting worker's pick-up and memory
            --database URL --directory DIR --runs N --keep -o
                               as above (1 run)
            --jobs N           jobs of each measurement, a multiple of 16 (3200)
            --finished N       finished jobs in the table (1000000)
            --samples N        scans whose pick-up is measured (200)

          chaos        scans by workers that are killed and stopped, on a database that loses connections;
                       exit code 1 when a scan is lost, a finding doubled, or a takeover takes over 10 s
            --database URL     postgresql://…, as above
            --restart COMMAND  a shell's command that restarts the server at once, for example
                               'pg_ctl -D DATA -m immediate -w restart'; without it the server stays up
            --scans N          scans that are asked for at once (200)
            --accounts N --findings N --workers N --faults N
                               accounts (20), findings of each scan (3000), worker processes (4), faults (100)
            --seed N           which faults, when (a random one, which is printed)
            --seconds N        how long everything may take to end after the faults (900)
            --directory DIR --keep -o
                               as above

          cel          evaluating a predicate of four comparisons over a resource of 2 KiB, against the same by hand
            --evaluations N    of each run (2000000)
            --runs N -o        as above
            --conformance DIR  the official tests of the language in the JSON files of this folder, instead:
                               how many passed in each, and what is wrong with the others

          scan azure   scans of an emulated subscription by the program itself: requests, time, memory; with slow
                       answers, and of ten times as much; against a client that only asks for the same
            --size N           storage accounts, security groups, machines and vaults each (500)
            --latency N        milliseconds that answers take in the second scan (100)
            --checks CHECKS    only these checks
            --program PATH     the program (martlet beside this one)
            --directory DIR --keep
                               as above

          generate     writes a benchmark estate as OCSF NDJSON
            --findings N --resources N --regions N --tags N
            --seed N           changes everything but the checks (1)
            --scan N           the N-th scan of the estate (1)
            --flip SHARE       findings whose status differs from the scan before (0.05)
            --detail-change SHARE
            --catalog PATH     take the AWS checks of frameworks instead of made-up ones
            --output FILE      - for standard output (-)

          simulate     random schedules of the queue's protocol: crashes, stops, lost messages, outages
            --schedules N      how many, or how many for each mutant (1000000)
            --seed N           all follow from it; printed (random)
            --tasks N          at the same time; the result does not depend on it (2)
            --mutant NAME      with this defect
            --mutants          which property each defect breaks, instead
            --exhaustive       all states of two workers and two jobs within small bounds, instead
            --schedule-seed N  this one schedule, with its trace

          sample DIR   writes the three scans of the sample account, uncompressed


        """
}
