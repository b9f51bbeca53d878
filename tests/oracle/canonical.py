"""Canonical JSON (RFC 8785) of a facts line, and what is hashed of it."""
import hashlib
import json


def canonical(line):
    """The content of a line, a dictionary, without `recorded`.

    RFC 8785 sorts names by UTF-16 code units, writes no blanks and escapes only what JSON demands. The lines of this
    oracle have names of ASCII and integers within 2^53, for which Python's own writer does the same.
    """
    content = {name: value for name, value in line.items() if name != "recorded"}
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def identity(body):
    """An entry's id: the SHA-256 of its canonical JSON, in hexadecimal."""
    return hashlib.sha256(body.encode()).hexdigest()


def digest(ids):
    """A ledger's digest: the SHA-256 of its sorted entry ids."""
    return hashlib.sha256(b"".join(bytes.fromhex(one) for one in sorted(ids))).hexdigest()
