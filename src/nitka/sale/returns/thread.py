"""What the thread of a customer shows of returns."""

from nitka.people.thread.actions import file_under

file_under("orders", "returns")
