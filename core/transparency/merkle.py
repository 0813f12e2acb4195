"""The tree of hashes of RFC 9162 (section 2.1): how it grows, and proofs that a leaf is in it and that it only grew. Pure.

A complete subtree is named by its level and its place on that level: (3, 2) holds the leaves 16 to 23. Whatever is asked of the
tree is first put into ranges of leaves, then into complete subtrees, so that all hashes can be fetched at once.
"""

import hashlib
from collections.abc import Iterator, Mapping, MutableMapping, Sequence

Place = tuple[int, int]  # level, position on that level
Range = tuple[int, int]  # first leaf, how many
EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of what holds two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grow(size: int, edge: MutableMapping[int, bytes], hashes: Sequence[bytes]) -> Iterator[tuple[Place, bytes]]:
    """Append leaves to a tree of `size` leaves; yield each complete subtree that they finish, leaves themselves left out.

    `edge` holds the complete subtrees at the right side by their level (`edge_of` names them), and is kept up to date.
    """
    for position, hash_ in enumerate(hashes, start=size):
        level = 0
        while position >> level & 1:
            hash_ = node_hash(edge.pop(level), hash_)
            level += 1
            yield (level, position >> level), hash_
        edge[level] = hash_


def edge_of(size: int) -> list[Place]:
    """Return the complete subtrees of which a tree consists, from the left."""
    return cover((0, size))


def cover(leaves: Range) -> list[Place]:
    """Return the complete subtrees that a range is made of; it begins where a subtree of its size may begin."""
    start, size = leaves
    places = []
    while size:
        level = size.bit_length() - 1
        places.append((level, start >> level))
        start, size = start + (1 << level), size - (1 << level)
    return places


def fold(leaves: Range, nodes: Mapping[Place, bytes]) -> bytes:
    """Return the hash of a range from its complete subtrees; raises KeyError when one is missing."""
    hashes = [nodes[place] for place in cover(leaves)]
    if not hashes:
        return EMPTY
    folded = hashes.pop()
    while hashes:
        folded = node_hash(hashes.pop(), folded)
    return folded


def inclusion(position: int, size: int) -> list[Range]:
    """Return the ranges whose hashes prove that a leaf is in a tree of `size` leaves, from the bottom up."""
    path: list[Range] = []
    start = 0
    while size > 1:
        split = _split(size)
        if position - start < split:
            path.append((start + split, size - split))
            size = split
        else:
            path.append((start, split))
            start, size = start + split, size - split
    return path[::-1]


def consistency(old: int, new: int) -> list[Range]:
    """Return the ranges whose hashes prove that the tree of `old` leaves is the beginning of that of `new` leaves."""
    if old in {0, new}:
        return []
    path: list[Range] = []
    start, size, whole = 0, new, True  # whole: the old tree is a complete subtree that the verifier knows
    while old != size:
        split = _split(size)
        if old <= split:
            path.append((start + split, size - split))
            size = split
        else:
            path.append((start, split))
            start, old, size, whole = start + split, old - split, size - split, False
    return [*([] if whole else [(start, size)]), *path[::-1]]


def is_included(leaf: bytes, position: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Tell whether a path leads from a leaf's hash to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= position < size:
        return False
    found = leaf
    try:
        for hash_, is_left in _climb(position, size - 1, path):
            found = node_hash(hash_, found) if is_left else node_hash(found, hash_)
    except _WrongLength:
        return False
    return found == root


def is_consistent(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Tell whether a path proves that the older tree is the beginning of the newer one (RFC 9162, 2.1.4.2)."""
    if not 0 < old < new:
        return not path and (old == 0 or (old == new and old_root == new_root))
    first, *rest = [old_root, *path] if old & (old - 1) == 0 else path or [b""]
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old_found = new_found = first
    try:
        for hash_, is_left in _climb(place, last, rest):
            old_found = node_hash(hash_, old_found) if is_left else old_found
            new_found = node_hash(hash_, new_found) if is_left else node_hash(new_found, hash_)
    except _WrongLength:
        return False
    return old_found == old_root and new_found == new_root


class _WrongLength(ValueError):
    """A path that ends below the root, or goes on above it."""


def _climb(place: int, last: int, path: Sequence[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield each hash on the way from a place to the root, and whether it stands at the left. Raises _WrongLength."""
    for hash_ in path:
        if last == 0:
            raise _WrongLength
        is_left = bool(place & 1) or place == last
        yield hash_, is_left
        while is_left and place and not place & 1:
            place, last = place >> 1, last >> 1
        place, last = place >> 1, last >> 1
    if last:
        raise _WrongLength


def _split(size: int) -> int:
    """Return the largest power of two below a size of two or more."""
    return 1 << (size - 1).bit_length() - 1
