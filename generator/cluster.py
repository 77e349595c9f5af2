"""Parsing and rendering on a Dask cluster, whose workers have only what is sent to them."""

import gc
import logging
import pickle
import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future, InvalidStateError
from contextlib import contextmanager, suppress
from functools import partial
from importlib.util import find_spec
from operator import call
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit
from weakref import WeakSet

from generator.digest import program_digest
from generator.errors import ClusterError, UsageError
from generator.names import Digest

if TYPE_CHECKING:
    from distributed import Client

SCHEME = "dask"
PATIENCE_SECONDS = 10
"""The longest wait for the scheduler, and then for its first worker."""

_WATCH_SECONDS = 0.5
_SAME_PROGRAM = "every worker needs the same versions of newsprint, its libraries and Python"


class Cluster(Executor):
    """A connected cluster. `size` is the number of its worker processes.

    A function is sent to each worker once, with all its bound arguments; the scheduler sends it to new workers, too.
    """

    def __init__(self, client: "Client") -> None:
        """Take a connected client."""
        self.size = len(client.nthreads())
        self._client = client
        self._executor = client.get_executor(pure=False)
        self._sent: dict[Callable[..., Any], Any] = {}
        self._awaited: WeakSet[Future[Any]] = WeakSet()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Call a function on one of the workers."""
        # Everything is sent as bytes, so that the scheduler does not need newsprint.
        if fn not in self._sent:
            errand = pickle.dumps(partial(_call_on_worker, fn, program_digest()))
            self._sent[fn] = self._client.submit(pickle.loads, errand, key=f"newsprint-errand-{uuid.uuid4()}")
        arguments = pickle.dumps((args, kwargs))
        key = f"newsprint-chunk-{uuid.uuid4()}"
        awaited: Future[Any] = self._executor.submit(call, self._sent[fn], arguments, key=key)
        self._awaited.add(awaited)
        return awaited

    @contextmanager
    def watch(self) -> Iterator[Self]:
        """Cancel calls if the scheduler is lost, because the client forgets some of them."""
        is_over = threading.Event()
        threading.Thread(target=self._give_up_when_lost, args=(is_over,), daemon=True).start()
        try:
            yield self
        finally:
            is_over.set()

    def _give_up_when_lost(self, is_over: threading.Event) -> None:
        while not is_over.wait(_WATCH_SECONDS):
            if self._client.status == "closed":
                for awaited in list(self._awaited):
                    with suppress(InvalidStateError):  # it is done
                        awaited.set_exception(CancelledError())


def _call_on_worker(function: Callable[..., Any], program: Digest, arguments: bytes) -> Any:
    """Call a function on a worker."""
    if program_digest() != program:  # a worker that joined during the build
        raise ClusterError("a worker", f"it runs another version of newsprint; {_SAME_PROGRAM}")
    args, kwargs = pickle.loads(arguments)  # noqa: S301 - a cluster executes what its clients send
    with _one_at_a_time:
        return function(*args, **kwargs)


_one_at_a_time = threading.Lock()  # calls share parsers and templates


def read_scheduler(url: str) -> str:
    """The address of a scheduler as Dask writes it, from `dask://HOST:PORT`.

    Raises:
        UsageError: it is not valid, or the packages for a cluster are not installed.
    """
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme == SCHEME and parts.hostname and parts.port and parts.netloc == url[len("dask://") :]
    except ValueError:
        is_whole = False
    if not is_whole or "@" in url:
        raise UsageError(f"'{url}' is not the address of a scheduler, such as dask://127.0.0.1:8786")
    if find_spec("distributed") is None:
        raise UsageError("a cluster needs more packages; install them with: pip install 'newsprint[cluster]'")
    return f"tcp://{parts.netloc}"


@contextmanager
def open_cluster(url: str) -> Iterator[Cluster]:
    """Connect to the cluster at `dask://HOST:PORT`; in the end, disconnect and cancel its work.

    Raises:
        ClusterError: no scheduler answers, there are no workers, they run another version of newsprint,
            or the connection is lost.
    """
    from distributed import KilledWorker
    from distributed.client import ClosedClientError
    from distributed.comm.core import CommClosedError

    for name in ("distributed", "distributed.client", "tornado.application"):  # errors are reported once, by us
        logging.getLogger(name).setLevel(logging.CRITICAL)
    gc.enable()  # the client creates cycles that hold whole chunks
    with _connect(url) as client:
        try:
            _refuse_strangers(client, url)
            with Cluster(client).watch() as cluster:
                yield cluster
        except KilledWorker as fault:
            why = f"a chunk of work was abandoned: more than {fault.allowed_failures} workers died while working on it"
            raise ClusterError(url, f"{why}; give them more memory") from fault
        except (CancelledError, CommClosedError, ClosedClientError) as fault:
            raise ClusterError(url, "the connection to the scheduler was lost") from fault


def _connect(url: str) -> "Client":
    """Connect in a thread, because a client waits forever for a server that does not speak Dask."""
    from distributed import Client

    address = read_scheduler(url)
    made: Future[Client] = Future()

    def connect() -> None:
        try:
            made.set_result(Client(address, timeout=PATIENCE_SECONDS, set_as_default=False))
        except (OSError, ImportError) as fault:
            made.set_exception(fault)

    threading.Thread(target=connect, daemon=True).start()
    try:
        return made.result(timeout=PATIENCE_SECONDS + 1)
    except (OSError, ImportError) as fault:
        why = "the server there does not speak Dask" if not made.done() else str(fault)
        raise ClusterError(url, f"no scheduler answers: {why}") from fault


def _refuse_strangers(client: "Client", url: str) -> None:
    """Refuse a cluster without workers, or whose workers run another program."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE_SECONDS)
    except TimeoutError as fault:
        raise ClusterError(url, "the scheduler has no workers") from fault
    programs = client.run(program_digest, on_error="return")
    for worker, program in sorted(programs.items()):
        if isinstance(program, ImportError):
            raise ClusterError(url, f"the worker {worker} has no newsprint; {_SAME_PROGRAM}") from program
        if program != program_digest():
            raise ClusterError(url, f"the worker {worker} runs another version of newsprint; {_SAME_PROGRAM}")
