"""Structured logs: one event a line, with request id, never with personal data."""

import logging

import structlog


def logging_config(level: str, form: str) -> None:
    """Set up structlog and the standard library's loggers to write the same lines to standard error."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.types.Processor = (
        structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # Each of these speaks at every request or job and says nothing that a reader could act on.
    for name in ("procrastinate", "fontTools", "weasyprint", "PIL"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # A pool warns of every connection that a database took along when it ended; who needed one says so itself.
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
