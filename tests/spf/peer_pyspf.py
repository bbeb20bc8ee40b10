"""peer_pyspf.py SUITE.yml...: the same suites that spf-suite runs, by pyspf (Debian: python3-spf, python3-yaml).

Prints the tests that go another way, and ends with `N passed, N failed`.
"""

import sys

import spf
import yaml

data = {}


def lookup(name, kind, strict=True, timeout=None):
    """Answers from `data`; where nothing of the kind is there, a TIMEOUT is one."""
    found = False
    times_out = False
    entries = data.get(name.lower(), [])
    has_text = any(isinstance(entry, dict) and "TXT" in entry for entry in entries)
    for entry in entries:
        if entry == "TIMEOUT":
            times_out = True
            continue
        for entry_kind, value in entry.items():
            if entry_kind == "SPF" and not has_text:
                entry_kind = "TXT"
            if value == "TIMEOUT":
                times_out = times_out or entry_kind == kind
            elif value != "NONE" and entry_kind in (kind, "CNAME"):
                found = True
                yield (name, entry_kind), convert(entry_kind, value)
    if times_out and not found:
        raise spf.TempError("DNS timeout")


def convert(kind, value):
    if kind == "TXT":
        parts = value if isinstance(value, list) else [value]
        return tuple(str(part).encode("latin-1", "replace") for part in parts)
    return tuple(value) if kind == "MX" else str(value)


def run(test):
    query = spf.query(i=str(test["host"]), s=str(test["mailfrom"] or ""), h=str(test["helo"] or ""),
                      receiver=test.get("receiver"), strict=test.get("strict", 1))
    query.set_default_explanation("DEFAULT")
    result, _, explanation = query.check()
    wanted = test["result"] if isinstance(test["result"], list) else [test["result"]]
    if result not in wanted:
        return "is %s, not %s" % (result, " or ".join(wanted))
    text = test.get("explanation")
    if text is not None and result == "fail" and str(text) != explanation:
        return "explains %r, not %r" % (explanation, text)
    return None


spf.DNSLookup = lookup
passed = failed = 0
for path in sys.argv[1:]:
    for document in yaml.safe_load_all(open(path, "rb")):
        data = {str(name).lower(): entries for name, entries in (document.get("zonedata") or {}).items()}
        for name, test in document["tests"].items():
            try:
                wrong = run(test)
            except Exception as error:  # noqa: BLE001: whatever pyspf meets is its result
                wrong = "ends with %s: %s" % (type(error).__name__, error)
            if wrong is None:
                passed += 1
            else:
                failed += 1
                print("%s %s" % (name, wrong))
print("%d passed, %d failed" % (passed, failed))
