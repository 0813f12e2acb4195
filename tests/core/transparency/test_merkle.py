"""The tree of hashes against the definitions of RFC 9162, written down a second time, and against its published vectors."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.transparency import merkle

LEAVES = [merkle.leaf_hash(bytes([number])) for number in range(70)]


def naive_root(leaves: list[bytes]) -> bytes:
    """MTH of section 2.1.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


def tree(size: int) -> dict[merkle.Place, bytes]:
    """All complete subtrees of a tree grown one leaf after another."""
    nodes: dict[merkle.Place, bytes] = {(0, place): hash_ for place, hash_ in enumerate(LEAVES[:size])}
    edge: dict[int, bytes] = {}
    for place in range(size):
        nodes |= dict(merkle.grow(place, edge, [LEAVES[place]]))
    return nodes


NODES = tree(len(LEAVES))
sizes = st.integers(1, len(LEAVES))


def root(size: int) -> bytes:
    return merkle.fold((0, size), NODES)


def path(ranges: list[merkle.Range]) -> list[bytes]:
    return [merkle.fold(leaves, NODES) for leaves in ranges]


# The vectors that implementations of certificate transparency share: roots of the first trees over these leaves.
SHARED = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
}


@pytest.mark.parametrize(("size", "expected"), ROOTS.items())
def test_the_first_roots_are_those_that_others_compute(size, expected):
    leaves = [merkle.leaf_hash(data) for data in SHARED[:size]]
    nodes: dict[merkle.Place, bytes] = {(0, place): hash_ for place, hash_ in enumerate(leaves)}
    nodes |= dict(merkle.grow(0, {}, leaves))
    assert merkle.fold((0, size), nodes).hex() == expected


@pytest.mark.parametrize("size", range(len(LEAVES)))
def test_the_root_is_the_one_that_the_definition_gives(size):
    assert root(size) == naive_root(LEAVES[:size])


@given(size=sizes, cut=st.integers(0, len(LEAVES)))
def test_a_tree_grows_alike_in_one_batch_and_in_two(size, cut):
    edge: dict[int, bytes] = {}
    first = dict(merkle.grow(0, edge, LEAVES[: min(cut, size)]))
    second = dict(merkle.grow(min(cut, size), edge, LEAVES[min(cut, size) : size]))
    assert first | second == dict(merkle.grow(0, {}, LEAVES[:size]))


@given(size=sizes, data=st.data())
def test_every_leaf_is_proved_to_be_in_the_tree(size, data):
    place = data.draw(st.integers(0, size - 1))
    proof = path(merkle.inclusion(place, size))
    assert merkle.is_included(LEAVES[place], place, size, proof, root(size))
    assert len(proof) <= size.bit_length()


@given(size=sizes, data=st.data())
def test_no_other_leaf_place_or_path_is_taken(size, data):
    place = data.draw(st.integers(0, size - 1))
    proof = path(merkle.inclusion(place, size))
    other = data.draw(st.integers(0, size).filter(lambda number: number != place))
    assert not merkle.is_included(merkle.leaf_hash(b"another"), place, size, proof, root(size))
    assert not merkle.is_included(LEAVES[place], other, size, proof, root(size))
    assert not merkle.is_included(LEAVES[place], place, size, [*proof, root(size)], root(size))
    assert not (proof and merkle.is_included(LEAVES[place], place, size, proof[:-1], root(size)))


@given(sizes, sizes)
def test_an_older_tree_is_proved_to_be_the_beginning(one, other):
    old, new = sorted([one, other])
    proof = path(merkle.consistency(old, new))
    assert merkle.is_consistent(old, root(old), new, root(new), proof)


@given(sizes, sizes)
def test_another_history_is_not_taken_for_the_beginning(one, other):
    old, new = sorted([one, other])
    proof = path(merkle.consistency(old, new))
    assert not merkle.is_consistent(old, merkle.leaf_hash(b"another"), new, root(new), proof)
    assert not merkle.is_consistent(old, root(old), new, merkle.leaf_hash(b"another"), proof)
    assert not merkle.is_consistent(new + 1, root(old), new, root(new), proof)
    assert old == new or not merkle.is_consistent(old, root(old), new, root(new), [])
