"""A small closed-loop load generator: each client keeps one connection, like one browser tab, and notes every time.

Clients are threads in a few processes, so that the generator does not stand in line behind itself.
"""

import multiprocessing
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

PROCESSES = 2


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class Client:
    """HTTP/1.1 over one kept connection, with cookies, as plain as a shop's visitor without JavaScript."""

    def __init__(self, host: str, port: int) -> None:
        self.address = (host, port)
        self.cookies: dict[str, str] = {}
        self.stream: socket.socket | None = None
        self.buffer = b""

    def get(self, path: str) -> Reply:
        return self._ask("GET", path, b"")

    def post(self, path: str, **fields: object) -> Reply:
        return self._ask("POST", path, urlencode(fields).encode())

    def follow(self, reply: Reply) -> Reply:
        """The page behind a redirect of this shop."""
        while reply.status in {301, 302, 303}:
            target = reply.headers["location"]
            reply = self.get(target if target.startswith("/") else "/" + target.split("/", 3)[3])
        return reply

    def close(self) -> None:
        if self.stream is not None:
            self.stream.close()
            self.stream = None

    def _ask(self, method: str, path: str, body: bytes) -> Reply:
        head = [f"{method} {path} HTTP/1.1", f"Host: {self.address[0]}:{self.address[1]}", "Accept-Language: en-GB"]
        if self.cookies:
            head.append("Cookie: " + "; ".join(f"{key}={value}" for key, value in self.cookies.items()))
        if method == "POST":
            head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        request = "\r\n".join(head).encode() + b"\r\n\r\n" + body
        start = time.perf_counter()
        status, headers, content = self._exchange(request)
        return Reply(status, headers, content, time.perf_counter() - start)

    def _exchange(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        try:
            return self._once(request)
        except (ConnectionError, EOFError):
            if self.buffer:
                raise
            self.close()  # the server closed an idle connection
            return self._once(request)

    def _once(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        if self.stream is None:
            self.stream = socket.create_connection(self.address, timeout=30)
            self.stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.buffer = b""
        self.stream.sendall(request)
        head = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in head[1:]:
            name, _colon, value = line.partition(":")
            if name.lower() == "set-cookie":
                self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(value.strip()).items()}
            headers[name.lower()] = value.strip()
        return int(head[0].split(" ")[1]), headers, self._body(headers)

    def _body(self, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding") == "chunked":
            parts = []
            while size := int(self._until(b"\r\n"), 16):
                parts.append(self._exactly(size))
                self._exactly(2)
            self._exactly(2)
            return b"".join(parts)
        return self._exactly(int(headers.get("content-length", 0)))

    def _until(self, mark: bytes) -> bytes:
        while mark not in self.buffer:
            self._more()
        found, _mark, self.buffer = self.buffer.partition(mark)
        return found

    def _exactly(self, size: int) -> bytes:
        while len(self.buffer) < size:
            self._more()
        found, self.buffer = self.buffer[:size], self.buffer[size:]
        return found

    def _more(self) -> None:
        assert self.stream is not None
        more = self.stream.recv(262_144)
        if not more:
            raise EOFError
        self.buffer += more


@dataclass
class Figures:
    """Times of what succeeded, by name, and what did not."""

    wall: float
    times: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def rate(self, name: str) -> float:
        return len(self.times.get(name, ())) / self.wall

    def percentile_ms(self, name: str, share: float) -> float:
        ordered = sorted(self.times.get(name, ()))
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


def joined(parts: Sequence[Figures]) -> Figures:
    """The figures of several runs as if they were one."""
    whole = Figures(wall=sum(part.wall for part in parts))
    for part in parts:
        whole.errors += part.errors
        for name, values in part.times.items():
            whole.times.setdefault(name, []).extend(values)
    return whole


# A visit yields (name, seconds) for each thing that it measured; it raises to say that the shop did wrong.
Visit = Callable[[Client, int], Iterator[tuple[str, float]]]


def run(visit: Visit, *, host: str, port: int, clients: int, seconds: float, warm_up: float = 1.0) -> Figures:
    """Let `clients` repeat the visit for so many seconds; times of the warm-up are thrown away."""
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    begin = time.time() + 0.3 + warm_up
    shares = [clients // PROCESSES + (number < clients % PROCESSES) for number in range(PROCESSES)]
    workers = [
        context.Process(target=_process, args=(visit, host, port, share, number, begin, begin + seconds, queue))
        for number, share in enumerate(shares)
        if share
    ]
    for worker in workers:
        worker.start()
    figures = Figures(wall=seconds)
    for _worker in workers:
        times, errors = queue.get()
        figures.errors += errors
        for name, values in times.items():
            figures.times.setdefault(name, []).extend(values)
    for worker in workers:
        worker.join()
    return figures


def _process(visit, host, port, clients, number, begin, end, queue) -> None:  # type: ignore[no-untyped-def]
    times: dict[str, list[float]] = {}
    errors: list[str] = []

    def one(place: int) -> None:
        turn = place * 100_003
        client = Client(host, port)
        while time.time() < end:
            turn += 1
            try:
                for name, seconds in visit(client, turn):
                    if begin <= time.time() < end:
                        times.setdefault(name, []).append(seconds)
            except Exception as trouble:
                errors.append(f"{type(trouble).__name__}: {trouble}"[:300])
                client.close()
                time.sleep(0.05)
        client.close()

    threads = [threading.Thread(target=one, args=(number * 1000 + place,)) for place in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    queue.put((times, errors[:50]))
