"""Structured logs: one event a line, with request id, never with personal data."""

import logging

import structlog

from nitka.ground.masking import RouteFilter, trouble_text

_SHARED: list[structlog.types.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def log_handler(form: str) -> logging.Handler:
    """What writes the lines, as JSON or for people: the last place where something can be left out."""
    renderer: structlog.types.Processor = (
        structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    handler = logging.StreamHandler()
    handler.addFilter(RouteFilter())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.ExceptionRenderer(lambda exc_info: trouble_text(exc_info[1])),
                renderer,
            ],
        )
    )
    return handler


def logging_config(level: str, form: str) -> None:
    """Set up structlog and the standard library's loggers to write the same lines to standard error."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    root.handlers[:] = [log_handler(form)]
    root.setLevel(level.upper())
    # Each of these speaks at every request or job and says nothing that a reader could act on.
    for name in ("procrastinate", "fontTools", "weasyprint", "PIL"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # A pool warns of every connection that a database took along when it ended; who needed one says so itself.
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
