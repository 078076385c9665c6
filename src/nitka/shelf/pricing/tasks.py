"""What the clock asks of pricing."""

from nitka.ground.facts.jobs import periodic, task
from nitka.shelf.pricing import clockwork, converting, looking_up


@task(queue="facts")
def turn_over() -> None:
    """At the very moment at which a sale begins or ends."""
    clockwork.turn_over()


@periodic("* * * * *")
def turn_over_each_minute() -> None:
    """Should the job of the moment have been lost."""
    clockwork.turn_over()


@periodic("20 16 * * *")
def fetch_exchange_rates() -> None:
    """The ECB publishes about 16:00 in Frankfurt; asked only where a market converts with such rates."""
    converting.fetch_wanted()


@task()
def look_up_vat_number(number: str) -> None:
    """What the register says of a number that somebody typed."""
    looking_up.look_up_now(number)
