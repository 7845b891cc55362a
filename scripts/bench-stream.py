#!/usr/bin/env python3
"""Measures what a server needs to stream a whole list of findings to a slow reader.

    scripts/bench-stream.py MARTLET MARTLET_BENCH [--findings 1000000] [--rate 4M] [--directory DIR] [--limit-mib 64]

Makes a SQLite store with that many findings, starts `martlet serve` on it, and asks curl for the list as NDJSON, CSV and OCSF,
the first seconds of each at `--rate`, the rest as fast as it goes. Prints for each form the rows and bytes that came, and by how
much the server's resident memory was above that of the idle server at its highest. Exit code 1 where that is above the limit,
or where rows are missing. Needs curl.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

FORMS = [("NDJSON", "application/x-ndjson"), ("CSV", "text/csv"), ("OCSF", "application/ocsf+json")]


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("martlet")
    parser.add_argument("bench")
    parser.add_argument("--findings", type=int, default=1_000_000)
    parser.add_argument("--rate", default="4M", help="bytes a second that curl reads at first")
    parser.add_argument("--slow", type=float, default=20, help="seconds of each form at that rate")
    parser.add_argument("--directory")
    parser.add_argument("--limit-mib", type=float, default=64)
    return parser.parse_args()


def resident(pid):
    """MiB that a process has in memory, without what it only maps of files."""
    fields = dict(line.split(":", 1) for line in open(f"/proc/{pid}/status", encoding="ascii"))
    return sum(int(fields[name].split()[0]) for name in ("RssAnon", "RssShmem")) / 1024


class Watch(threading.Thread):
    """The highest memory of a process while something runs."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.highest, self.stopped = pid, 0.0, threading.Event()

    def run(self):
        while not self.stopped.wait(0.05):
            self.highest = max(self.highest, resident(self.pid))

    def stop(self):
        self.stopped.set()
        self.join()
        return self.highest


def ask(method, url, body=None, token=None):
    request = urllib.request.Request(url, method=method, data=json.dumps(body).encode() if body else None)
    request.add_header("Content-Type", "application/vnd.api+json")
    if token:
        request.add_header("Authorization", "Bearer " + token)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def start(arguments, place):
    server = subprocess.Popen(
        [arguments.martlet, "serve", "--listen", "127.0.0.1:0", "--database", f"sqlite:{place}/store.db"],
        env={**os.environ, "MARTLET_HOME": place}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    address, invitation = None, None
    for line in server.stdout:
        address = address or next(iter(re.findall(r"http://127\.0\.0\.1:\d+", line)), None)
        invitation = invitation or next(iter(re.findall(r"\b\d+-[0-9a-z]{20,}\b", line)), None)
        if address and invitation:
            break
    if not address or not invitation:
        sys.exit("The server tells no address or no token.")
    threading.Thread(target=lambda: [None for _ in server.stdout], daemon=True).start()
    return server, address + "/api/v1", invitation


def log_in(api, invitation):
    user = {"name": "bench", "email": "bench@example.com", "password": "Correct-Horse-7"}
    ask("POST", f"{api}/users?invitation_token={invitation}", {"data": {"type": "users", "attributes": user}})
    login = {"email": user["email"], "password": user["password"]}
    answer = ask("POST", f"{api}/tokens", {"data": {"type": "tokens", "attributes": login}})
    return answer["data"]["attributes"]["access"]


def stream(arguments, api, token, media):
    """Reads a list slowly, then without a limit; gives rows and bytes."""
    command = ["curl", "-sS", "--fail", "-H", f"Authorization: Bearer {token}", "-H", f"Accept: {media}"]
    slow = subprocess.Popen(
        command + ["--limit-rate", arguments.rate, "--max-time", str(arguments.slow), "-o", os.devnull,
                   f"{api}/findings"], stderr=subprocess.DEVNULL)
    slow.wait()
    whole = subprocess.Popen(command + [f"{api}/findings"], stdout=subprocess.PIPE)
    count, rows, mark = 0, 0, b'"finding_info"' if "ocsf" in media else b"\n"
    rest = b""
    while piece := whole.stdout.read(1 << 20):
        count += len(piece)
        text = rest + piece
        rows += text.count(mark)
        rest = text[-(len(mark) - 1):] if len(mark) > 1 else b""
    if whole.wait() != 0:
        sys.exit(f"The stream of {media} broke off.")
    return rows - (1 if media == "text/csv" else 0), count


def main():
    arguments = parse()
    with tempfile.TemporaryDirectory(dir=arguments.directory) as place:
        source = f"{place}/estate.ndjson"
        subprocess.run([arguments.bench, "generate", "--findings", str(arguments.findings), "--output", source], check=True)
        subprocess.run([arguments.martlet, "import", "--quiet", source, "--database", f"sqlite:{place}/store.db"],
                       env={**os.environ, "MARTLET_HOME": place}, check=True, stdout=subprocess.DEVNULL)
        os.remove(source)
        server, api, invitation = start(arguments, place)
        failed = False
        try:
            token = log_in(api, invitation)
            ask("GET", f"{api}/findings", token=token)
            time.sleep(3)
            idle = resident(server.pid)
            print(f"idle: {idle:.1f} MiB")
            for name, media in FORMS:
                watch = Watch(server.pid)
                watch.start()
                began = time.monotonic()
                rows, count = stream(arguments, api, token, media)
                highest = watch.stop() - idle
                good = rows == arguments.findings and highest <= arguments.limit_mib
                failed = failed or not good
                print(f"{name}: {rows} rows, {count / 2**20:.0f} MiB, {time.monotonic() - began:.0f} s, "
                      f"{highest:.1f} MiB above idle{'' if good else ' (!)'}", flush=True)
        finally:
            server.terminate()
            server.wait()
        sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
