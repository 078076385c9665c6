"""Collection: Segment's HTTP API, answered before Django so that an event costs no page's work."""

from nitka.faces.api.collect.application import with_collection

__all__ = ["with_collection"]
