"""Asking other hosts, real ones on this machine: politely, in time, and never those of a private network."""

import socket
import time
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest

from checking import Reply, Web
from generator.web import Address, Answer, Manners, ask_all, is_public

QUICK = Manners(pause=0)
IMPATIENT = Manners(pause=0, patience=0.5)


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as one:
        yield one


def may_ask_all(host: str, address: Address) -> bool:
    return True


def ask(*urls: str, manners: Manners = QUICK, **options: Any) -> dict[str, Answer]:
    answered: list[int] = []
    wanted = {"agent": "newsprint/1 (+https://a.example/)", "may_ask": may_ask_all, **options}
    answers = ask_all(urls, manners=manners, progress=answered.append, **wanted)
    assert answered == list(range(1, len(answers) + 1))
    return answers


def ask_one(web: Web, reply: Reply, manners: Manners = QUICK) -> Answer:
    web.replies["/x"] = reply
    return ask(f"{web.url}/x", manners=manners)[f"{web.url}/x"]


def test_a_head_is_enough_where_it_is_answered(web: Web) -> None:
    assert ask_one(web, Reply()) == Answer(200)
    assert web.asked == [("HEAD", "/x")]
    assert web.agents == {"newsprint/1 (+https://a.example/)"}


@pytest.mark.parametrize("status", [403, 404, 405, 501])
def test_a_host_that_refuses_a_head_is_asked_for_the_page(web: Web, status: int) -> None:
    assert ask_one(web, Reply(status, status_of_get=200)) == Answer(200)
    assert web.asked == [("HEAD", "/x"), ("GET", "/x")]


@pytest.mark.parametrize("status", [404, 410, 500])
def test_what_a_host_says_is_told(web: Web, status: int) -> None:
    assert ask_one(web, Reply(status)) == Answer(status)


def test_what_moved_for_good_is_followed_and_told(web: Web) -> None:
    web.replies["/b"] = Reply(308, (("Location", "c?d"),))
    assert ask_one(web, Reply(301, (("Location", "/b"),))) == Answer(200, moved_to=f"{web.url}/c?d")


def test_where_a_host_leads_to_says_nothing_to_terminals(web: Web) -> None:
    web.replies["/y"] = Reply(301, (("Location", "/z\xc2\x9b31m\xe2\x80\xae"),))
    assert ask(f"{web.url}/y")[f"{web.url}/y"] == Answer(200, moved_to=f"{web.url}/z%C2%9B31m%E2%80%AE")


@pytest.mark.parametrize("port", [0, 65_536, 99_999, 10**20])
def test_a_port_that_is_none_is_a_fault_of_the_address(web: Web, port: int) -> None:
    web.replies["/y"] = Reply(301, (("Location", f"http://127.0.0.1:{port}/"),))
    assert ask(f"{web.url}/y")[f"{web.url}/y"].status is None


def test_what_moved_for_now_is_followed_and_not_told(web: Web) -> None:
    web.replies["/b"] = Reply(301, (("Location", "/c"),))
    assert ask_one(web, Reply(302, (("Location", "/b"),))) == Answer(200)


def test_a_circle_ends(web: Web) -> None:
    assert ask_one(web, Reply(301, (("Location", "/x"),))) == Answer(None, "it redirects more than 5 times")
    assert len(web.asked) == 6


@pytest.mark.parametrize("reply", [Reply(429), Reply(503, (("Retry-After", "3600"),))])
def test_a_host_that_is_busy_is_left_alone(web: Web, reply: Reply) -> None:
    assert ask_one(web, reply).is_busy
    assert len(web.asked) == 1


@pytest.mark.parametrize("reply", [Reply(delay=2), Reply(drips=20)])
def test_a_slow_host_is_not_waited_for(web: Web, reply: Reply) -> None:
    began = time.monotonic()
    assert ask_one(web, reply, IMPATIENT) == Answer(None, "timed out")
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "location",
    [
        "http://[",
        "ftp://a.example/",
        "https://",
        "//",
        "http://a.example:99999/",
        "\N{SNOWMAN}" * 80,
        f"http://127.0.0.1:{10**20}/",
    ],
)
def test_no_redirect_stops_the_others(web: Web, location: str) -> None:
    web.replies["/y"] = Reply(302, (("Location", location.encode().decode("latin-1")),))
    answers = ask(f"{web.url}/y", f"{web.url}/z", f"http://{'a' * 70}.example/", "http://[", "https://a..example/")
    assert len(answers) == 5
    assert answers[f"{web.url}/z"] == Answer(200)


def test_a_port_where_nobody_listens_is_a_fault() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{held.getsockname()[1]}/"
        assert ask(url)[url].fault


def test_few_questions_wait_at_once(web: Web) -> None:
    for number in range(24):
        web.replies[f"/{number}"] = Reply(delay=0.05)
    urls = [f"http://{host}:{web.server_port}/{number}" for host in ("127.0.0.1", "localhost") for number in range(12)]
    assert set(ask(*urls).values()) == {Answer(200)}
    assert web.most[f"127.0.0.1:{web.server_port}"] == web.most[f"localhost:{web.server_port}"] == 2
    ask(*urls, manners=Manners(pause=0, at_once=3))
    assert web.most["all"] <= 4


def test_a_host_is_given_a_pause(web: Web) -> None:
    began = time.monotonic()
    ask(*(f"{web.url}/{number}" for number in range(5)), manners=Manners(pause=0.1))
    assert time.monotonic() - began >= 0.4


def test_what_there_is_no_time_for_is_left(web: Web) -> None:
    web.replies["/slow"] = Reply(delay=3)
    answers = ask(f"{web.url}/slow", f"{web.url}/quick", manners=Manners(pause=0, most_seconds=0.6))
    assert answers == {f"{web.url}/quick": Answer(200)}


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "::1", "::", "fe80::1", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
        "::7f00:1", "fec0::1", "64:ff9b:1::7f00:1",
    ],
)  # fmt: skip
def test_a_private_address_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))


def test_no_redirect_leads_to_a_host_that_may_not_be_asked(web: Web) -> None:
    def may_ask(host: str, address: Address) -> bool:
        return host == f"localhost:{web.server_port}"

    web.replies["/x"] = Reply(302, (("Location", f"http://127.0.0.1:{web.server_port}/secret"),))
    url = f"http://localhost:{web.server_port}/x"
    assert "private" in ask(url, may_ask=may_ask)[url].fault
    assert "/secret" not in {path for _, path in web.asked}
    assert "private" in ask(f"{web.url}/y", may_ask=may_ask)[f"{web.url}/y"].fault


def test_loopback_is_not_asked_by_default(web: Web) -> None:
    def may_ask(host: str, address: Address) -> bool:
        return is_public(address)

    urls = [
        f"{web.url}/",
        f"http://localhost:{web.server_port}/",
        f"http://2130706433:{web.server_port}/",
        f"http://0x7f.1:{web.server_port}/",
    ]
    assert all(answer.fault for answer in ask(*urls, may_ask=may_ask).values())
    assert not web.asked
