#!/usr/bin/env python3
"""Checks the proof that was saved with a receipt: python verify_receipt.py proof-2026-0417.json

It trusts nobody but the public key: it needs this file, Python 3.9 or newer and the package "cryptography", and no network.
What it checks: the line of the log has the fingerprint that was promised; promise and head are signed with the portal's key;
the way from the line to the head is right; and the head agrees with every head that this program has seen before. Heads seen are
kept in ~/.portal_heads.json (--seen FILE for another place). To compare a newer head with an older one, it needs the proof
that the tree only grew: --consistency FILE (saved from /transparency/consistency.json?first=…&second=…), or --online to fetch it.
Ends with 0 when everything holds, 1 when something does not, 2 when it could not be checked.
"""

import argparse
import base64
import hashlib
import json
import sys
import urllib.parse
import urllib.request
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "efficiency-portal receipt proof v1"
HEAD, PROMISE = "efficiency-portal tree head v1\n", "efficiency-portal promise v1\n"


class Broken(Exception):
    """Something does not hold."""


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def signed_by(signed, purpose, keys):
    said = {name: value for name, value in signed.items() if name != "signature"}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    key = keys.get(said.get("key"))
    if key is None:
        raise Broken("signed with a key that is not known")
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
            base64.b64decode(signed["signature"]), (purpose + text).encode()
        )
    except InvalidSignature:
        raise Broken("the signature is not by this key") from None


def climb(place, last, path):
    """Yield each hash on the way from a place to the head of the tree, and whether it stands at the left."""
    for sibling in map(bytes.fromhex, path):
        if last == 0:
            raise Broken("the way to the head is too long")
        is_left = bool(place & 1) or place == last
        yield sibling, is_left
        while is_left and place and not place & 1:
            place, last = place >> 1, last >> 1
        place, last = place >> 1, last >> 1
    if last:
        raise Broken("the way to the head is too short")


def check_inclusion(leaf, proof):
    position, head = proof["position"], proof["head"]
    if not 0 <= position < head["size"]:
        raise Broken("the line is not within the tree")
    found = leaf
    for sibling, is_left in climb(position, head["size"] - 1, proof["path"]):
        found = node(sibling, found) if is_left else node(found, sibling)
    if found.hex() != head["root"]:
        raise Broken("the line is not in the tree of this head")


def check_consistency(first, second, path):
    if first["size"] == second["size"]:
        if first["root"] != second["root"]:
            raise Broken("a head of this size was seen before with another root: the history was changed")
        return
    start, *rest = [first["root"], *path] if first["size"] & (first["size"] - 1) == 0 else path
    place, last = first["size"] - 1, second["size"] - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    older = newer = bytes.fromhex(start)
    for sibling, is_left in climb(place, last, rest):
        older = node(sibling, older) if is_left else older
        newer = node(sibling, newer) if is_left else node(newer, sibling)
    if older.hex() != first["root"] or newer.hex() != second["root"]:
        raise Broken("the tree has not only grown: the history before was changed")


def fetched(site, first, second):
    if not site.startswith(("https://", "http://localhost")):
        raise Broken("the file names no address from which something could be fetched")
    query = urllib.parse.urlencode({"first": first["size"], "second": second["size"]})
    with urllib.request.urlopen(f"{site.rstrip('/')}/transparency/consistency.json?{query}", timeout=30) as answer:  # noqa: S310 looked at above
        return json.load(answer)["path"]


def compare_with_seen(head, options, site):
    """Compare with the newest head seen before; return whether that could be done."""
    kept = Path(options.seen).expanduser()
    seen = json.loads(kept.read_text()) if kept.exists() else {}
    earlier = seen.get(site)
    newest = {"size": head["size"], "root": head["root"]}
    if earlier:
        first, second = sorted([earlier, newest], key=lambda one: one["size"])
        path = []
        if first["size"] != second["size"]:
            if options.consistency:
                path = json.loads(Path(options.consistency).read_text())["path"]
            elif options.online:
                path = fetched(site, first, second)
            else:
                print(f"not checked: that the tree only grew from {first['size']} to {second['size']} lines")
                print(f"  {site}/transparency/consistency.json?first={first['size']}&second={second['size']}")
                return False
        check_consistency(first, second, path)
        newest = second
    seen[site] = newest
    kept.write_text(json.dumps(seen))
    print("right: the head agrees with what was seen before" if earlier else "kept: the first head seen of this portal")
    return True


def check(proof, options):
    if proof.get("format") != FORMAT:
        raise Broken("this is no proof of a receipt, or of another version")
    keys = {hashlib.sha256(bytes.fromhex(options.key)).hexdigest()[:16]: options.key} if options.key else proof["keys"]
    leaf = hashlib.sha256(b"\x00" + proof["leaf"].encode()).digest()
    if leaf.hex() != proof["promise"]["leaf"]:
        raise Broken("the line is not the one that was promised")
    signed_by(proof["promise"], PROMISE, keys)
    print("right: the promise is signed, and it is for this line")
    if proof["inclusion"] is None:
        print("not yet: no head is out that holds the line; save the proof again later")
        return False
    signed_by(proof["inclusion"]["head"], HEAD, keys)
    check_inclusion(leaf, proof["inclusion"])
    print(f"right: the line is in the signed tree of {proof['inclusion']['head']['size']} lines")
    return compare_with_seen(proof["inclusion"]["head"], options, proof["site"].rstrip("/"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("proof", help="the file that was saved with the receipt")
    parser.add_argument("--key", metavar="HEX", help="the portal's public key as you know it; else that in the file is believed")
    parser.add_argument("--seen", metavar="FILE", default="~/.portal_heads.json", help="where heads seen are kept")
    parser.add_argument("--consistency", metavar="FILE", help="the portal's proof that the tree only grew")
    parser.add_argument("--online", action="store_true", help="fetch that proof")
    options = parser.parse_args()
    try:
        whole = check(json.loads(Path(options.proof).read_text(encoding="utf-8")), options)
    except Broken as fault:
        print(f"WRONG: {fault}")
        return 1
    except (OSError, ValueError, KeyError, TypeError) as fault:
        print(f"could not be checked: {type(fault).__name__}: {fault}")
        return 2
    print("The line of the log:")
    print(json.dumps(json.loads(proof_leaf(options.proof)), ensure_ascii=False, indent=1))
    return 0 if whole else 2


def proof_leaf(path):
    return json.loads(Path(path).read_text(encoding="utf-8"))["leaf"]


if __name__ == "__main__":
    sys.exit(main())
