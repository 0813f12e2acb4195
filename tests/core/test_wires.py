"""No name crosses a network in the clear, not even inside the house."""

import pytest

from core.wires import is_sealed, sealed_wires


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://portal:x@127.0.0.1:5432/portal",
        "postgresql://portal:x@localhost/portal",
        "postgresql://portal:x@[::1]/portal",
        "postgresql:///portal?host=/run/postgresql",
        "postgresql://portal@%2Frun%2Fpostgresql/portal",
        "postgresql://portal:x@db.county.example/portal?sslmode=verify-full&sslrootcert=/etc/ca.pem",
        "postgresql://portal:x@db.county.example/portal?sslmode=verify-ca",
        "redis://127.0.0.1:6379/0",
        "redis+unix:///run/valkey.sock",
        "unix:///run/valkey.sock?db=1",
        "rediss://cache.county.example:6379/0",
        "rediss://cache.county.example:6379/0?ssl_cert_reqs=required",
        "redis://redis:6379/0",
    ],
)
def test_ways_that_stay_here_or_are_sealed(address: str):
    assert is_sealed(address, private=["redis"])


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://portal:x@db.county.example/portal",
        "postgresql://portal:x@10.0.0.5/portal",
        "postgresql:///portal?host=db.county.example",
        "postgresql://portal:x@db.county.example/portal?sslmode=prefer",
        "postgresql://portal:x@db.county.example/portal?sslmode=require",
        "postgresql://portal:x@db.county.example/portal?sslmode=verify-full&sslmode=disable",
        "redis://cache.county.example:6379/0",
        "rediss://cache.county.example:6379/0?ssl_cert_reqs=none",
        "redis://localhost.evil.example:6379/0",
    ],
)
def test_ways_on_which_others_could_listen(address: str):
    assert not is_sealed(address, private=["redis"])


def test_each_bare_wire_is_told(settings):
    settings.DEMO = False
    settings.DATABASE_URL, settings.REDIS_URL = "postgresql://db.example/portal", "redis://cache.example/0"
    assert [(one.id, str(one.msg).split()[0]) for one in sealed_wires(None)] == [
        ("core.E005", "DATABASE_URL"),
        ("core.E005", "REDIS_URL"),
    ]
    settings.PRIVATE_HOSTS = ["db.example", "cache.example"]
    assert sealed_wires(None) == []


def test_the_demo_may_do_without(settings):
    settings.DEMO, settings.DATABASE_URL = True, "postgresql://db.example/portal"
    assert sealed_wires(None) == []
