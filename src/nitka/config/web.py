"""The web processes: `python -m nitka.config.web` runs granian, and ends when whoever started it is gone."""

from granian import Granian
from granian.constants import Interfaces

from nitka.config import environment
from nitka.config.supervision import die_with_parent


def main() -> None:
    threads = environment.WEB_THREADS.number + environment.COLLECT_THREADS.number
    server = Granian(
        "nitka.config.wsgi:application",
        address=environment.HOST.value,
        port=environment.PORT.number,
        interface=Interfaces.WSGI,
        workers=environment.WEB_WORKERS.number,
        blocking_threads=threads,
        backpressure=max(64, threads * 32),  # what waits beyond that is told to come back
        respawn_failed_workers=True,
        workers_kill_timeout=8,
        log_enabled=False,
    )
    die_with_parent()
    server.serve()


if __name__ == "__main__":
    main()
