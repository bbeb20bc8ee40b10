"""eval_pyspf.py LINES|ADDRESS#PORT QUESTIONS SECONDS: what eval.c measures, by pyspf.

The records come from a dict, or from a name server, whose own time does not count: the time is that of this process. Asks every question once where SECONDS is 0,
else as many as fit; prints how many of each result there were, and the rate.
"""

import sys
import time

import spf

records = {}


def read(path):
    for line in open(path):
        name, kind, value = line.rstrip("\n").split(" ", 2)
        if kind == "TXT":
            value = (value.encode(),)
        elif kind == "MX":
            preference, exchange = value.split(" ")
            value = (int(preference), exchange)
        records.setdefault((name, kind), []).append(((name, kind), value))


def lookup(name, kind, strict=True, timeout=None):
    return records.get((name, kind), [])


def wait_for(address, port):
    """Until the server has its zone."""
    import DNS
    DNS.defaults["server"], DNS.defaults["port"] = [address], int(port)
    for _ in range(50):
        try:
            if spf.DNSLookup("n0.bench.example", "TXT", timeout=1):
                return
        except spf.TempError:
            pass
        time.sleep(0.2)
    sys.exit("no answer from %s#%s" % (address, port))


if "#" in sys.argv[1]:
    wait_for(*sys.argv[1].split("#"))
else:
    read(sys.argv[1])
    spf.DNSLookup = lookup
questions = [line.split() for line in open(sys.argv[2])]
limit = float(sys.argv[3])
results = {}
asked = 0
start = time.process_time()
for ip, sender in questions:
    result, _ = spf.check2(i=ip, s=sender, h="")
    results[result] = results.get(result, 0) + 1
    asked += 1
    if limit and time.process_time() - start > limit:
        break
rate = asked / (time.process_time() - start)
print(*("%s %d" % (name, results.pop(name, 0)) for name in ("pass", "fail", "softfail", "neutral")), "rate %.0f" % rate)
if results:
    sys.exit("other results: %r" % results)
