"""What the thread of a customer shows of sales."""

from nitka.people.thread.actions import file_under

file_under("orders", "orders", "payments", "shipping")
