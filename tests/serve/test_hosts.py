"""Where the preview listens, and to which names it answers."""

import socket

import pytest

from generator.serve.hosts import is_open, may_be_called, name_address, open_port


@pytest.mark.parametrize(
    ("host", "others", "address"),
    [
        ("127.0.0.1", False, "127.0.0.1"),
        ("localhost", False, None),
        ("127.0.0.2", False, "127.0.0.2"),
        ("0.0.0.0", True, "127.0.0.1"),
    ],
)
def test_who_can_reach_a_preview_and_how_this_machine_calls_it(host: str, others: bool, address: str | None) -> None:
    with open_port(0, host) as listener:
        assert is_open(listener) is others
        name, _, port = name_address(listener).rpartition(":")
        assert (name if address else None, int(port)) == (address, listener.getsockname()[1])
        with socket.create_connection((name.strip("[]"), int(port))):
            """Somebody listens there."""


def test_an_address_of_the_newer_kind_stands_in_brackets() -> None:
    try:
        listener = open_port(0, "::1")
    except OSError:
        pytest.skip("this machine has none")
    with listener:
        assert name_address(listener).startswith("[::1]:")
        assert may_be_called(name_address(listener), listener)


@pytest.mark.parametrize(
    ("header", "alone", "among_others"),
    [
        ("127.0.0.1:8000", True, True),
        ("localhost:8000", True, True),
        ("[::1]:8000", True, True),
        ("192.168.1.7:8000", False, True),
        (f"{socket.gethostname()}:8000", False, True),
        (f"{socket.gethostname()}.local", False, True),
        ("evil.example", False, False),
        ("127.0.0.1.evil.example", False, False),
        ("localhost.evil.example", False, False),
        ("[::1", False, False),
        ("", False, False),
    ],
)
def test_only_this_machine_is_called_by_its_names(header: str, alone: bool, among_others: bool) -> None:
    for host, expected in (("127.0.0.1", alone), ("0.0.0.0", among_others)):
        with open_port(0, host) as listener:
            assert may_be_called(header, listener) is (expected or header.split(":", maxsplit=1)[0] == "localhost")


def test_an_address_that_this_machine_has_not_is_refused() -> None:
    with pytest.raises(OSError, match=r".+"):
        open_port(0, "192.0.2.1")
