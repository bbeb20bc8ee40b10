"""over_dns.py zonemend|spfquery SUITE.yml...: a suite's data served by a DNS server on this host, its tests asked of a program.

spfquery (libspf2) asks the servers of /etc/resolv.conf alone, so that it needs a name space of its own, where port 53 of
127.0.0.1 is ours; the script makes one with unshare. Prints the tests that go another way, and ends with `N passed,
N failed`.
"""

import ipaddress
import os
import socket
import struct
import subprocess
import sys
import tempfile
import threading

import yaml

TYPES = {"A": 1, "CNAME": 5, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28}
NXDOMAIN, SERVFAIL = 3, 2
data = {}


def wire(name):
    labels = [label for label in str(name).rstrip(".").encode("latin-1", "replace").split(b".") if label]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def rdata(kind, value):
    if kind in ("A", "AAAA"):
        return ipaddress.ip_address(value).packed
    if kind == "MX":
        return struct.pack(">H", value[0]) + wire(value[1])
    if kind != "TXT":
        return wire(value)
    parts = [str(part).encode() for part in (value if isinstance(value, list) else [value])]
    pieces = [part[i:i + 255] for part in parts for i in range(0, max(len(part), 1), 255)] or [b""]
    return b"".join(bytes([len(piece)]) + piece for piece in pieces)


def find(name, kind, links=0):
    """(records, response code)"""
    entries = data.get(name.lower())
    if entries is None:
        return [], NXDOMAIN
    has_text = any(isinstance(entry, dict) and "TXT" in entry for entry in entries)
    found, fails = [], False
    for entry in entries:
        if entry == "TIMEOUT":
            fails = True
            continue
        for entry_kind, value in entry.items():
            if entry_kind == "SPF" and not has_text:
                entry_kind = "TXT"
            if value == "TIMEOUT":
                fails = fails or entry_kind == kind
            elif value != "NONE" and entry_kind in (kind, "CNAME"):
                found.append((name, entry_kind, value))
    for _, entry_kind, value in list(found):
        if entry_kind == "CNAME" and links < 10:
            found += find(str(value).rstrip("."), kind, links + 1)[0]
    return found, SERVFAIL if fails and not found else 0


def respond(query):
    labels, at = [], 12
    while query[at]:
        labels.append(query[at + 1:at + 1 + query[at]].decode("latin-1"))
        at += query[at] + 1
    kind = struct.unpack(">H", query[at + 1:at + 3])[0]
    known = [name for name, number in TYPES.items() if number == kind]
    found, code = find(".".join(labels), known[0]) if known else ([], 0)
    head = query[:2] + struct.pack(">HHHHH", 0x8180 | code, 1, len(found), 0, 0) + query[12:at + 5]
    for name, entry_kind, value in found:
        body = rdata(entry_kind, value)
        head += wire(name) + struct.pack(">HHIH", TYPES[entry_kind], 1, 60, len(body)) + body
    return head


def serve(server):
    while True:
        query, client = server.recvfrom(4096)
        server.sendto(respond(query), client)


def ask_zonemend(port, test, sender, helo):
    command = [os.environ.get("ZONEMEND", "build/zonemend"), "eval", "--dns", "127.0.0.1#%d" % port, "-q",
               "--ip", str(test["host"]), "--sender", sender, "--helo", helo]
    lines = subprocess.run(command, capture_output=True, check=False).stdout.decode("latin-1").splitlines()
    text = [line.split("explanation: ", 1)[1] for line in lines if "= explanation: " in line]
    return lines[0].split(":")[0] if lines else "nothing", text[0] if text else "DEFAULT"


def ask_spfquery(_, test, sender, helo):
    command = ["spfquery", "-ip=" + str(test["host"]), "-sender=" + sender, "-helo=" + helo,
               "-default-explanation=DEFAULT", "-sanitize=0"]
    lines = subprocess.run(command, capture_output=True, check=False).stdout.decode("latin-1").splitlines()
    if "EndError" in lines:
        lines = lines[lines.index("EndError") + 1:]
    if not lines:
        return "nothing", ""
    # Of an error it says no more than this: in its favour it is taken for the one that is wanted.
    is_error = lines[0] == "(invalid)" and test["result"] in ("permerror", "temperror")
    return test["result"] if is_error else lines[0], lines[1] if len(lines) > 1 else ""


def compare(ask, port, test):
    sender, helo = str(test["mailfrom"] or ""), str(test["helo"] or "")
    result, text = ask(port, test, sender, helo)
    wanted = test["result"] if isinstance(test["result"], list) else [test["result"]]
    if result not in wanted:
        return "is %s, not %s" % (result, " or ".join(wanted))
    explanation = test.get("explanation")
    if explanation is not None and "receiver" not in test and str(explanation) not in text:
        return "explains %r, not %r" % (text, explanation)
    return None


def run(ask, port, paths):
    passed = failed = 0
    for path in paths:
        for document in yaml.safe_load_all(open(path, "rb")):
            data.clear()
            data.update((str(name).rstrip(".").lower(), entries) for name, entries in (document.get("zonedata") or {}).items())
            for name, test in document["tests"].items():
                wrong = compare(ask, port, test)
                passed, failed = passed + (wrong is None), failed + (wrong is not None)
                if wrong is not None:
                    print("%s %s" % (name, wrong))
    print("%d passed, %d failed" % (passed, failed))


def enter_name_space():
    """Starts this script again where 127.0.0.1 port 53 is free and /etc/resolv.conf names it."""
    with tempfile.NamedTemporaryFile("w", suffix=".conf", delete=False) as conf:
        conf.write("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
    os.environ["IN_NAME_SPACE"] = conf.name
    os.chmod(conf.name, 0o644)
    setup = 'ip link set lo up && mount --bind "$IN_NAME_SPACE" /etc/resolv.conf && exec "$@"'
    os.execvp("unshare", ["unshare", "-rmn", "sh", "-c", setup, "sh", sys.executable] + sys.argv)


if __name__ == "__main__":
    program, suites = sys.argv[1], sys.argv[2:]
    if program == "spfquery" and "IN_NAME_SPACE" not in os.environ:
        enter_name_space()
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 53 if program == "spfquery" else 0))
    threading.Thread(target=serve, args=(server,), daemon=True).start()
    run(ask_spfquery if program == "spfquery" else ask_zonemend, server.getsockname()[1], suites)
