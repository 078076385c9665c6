"""What browser SDKs ask before they send: where to, and what else is switched on (nothing)."""

from typing import Any

from nitka.people.events.queries import SourceView


def segment(source: SourceView, scheme: str, host: str) -> dict[str, Any]:
    """For @segment/analytics-next: everything goes to us alone, and its own health figures to nobody."""
    return {
        "integrations": {
            "Segment.io": {
                "apiKey": source.write_key, "apiHost": f"{host}/v1", "protocol": scheme, "unbundledIntegrations": [],
                "addBundledMetadata": False, "deliveryStrategy": {"strategy": "standard"},
            }
        },
        "plan": {"track": {"__default": {"enabled": True, "integrations": {}}}},
        "edgeFunction": {}, "analyticsNextEnabled": True, "middlewareSettings": {}, "enabledMiddleware": {},
        "metrics": {"sampleRate": 0}, "legacyVideoPluginsEnabled": False, "remotePlugins": [],
    }  # fmt: skip


def rudder(source: SourceView) -> dict[str, Any]:
    """For @rudderstack/analytics-js: an enabled source without destinations."""
    made = source.created_at.isoformat()
    return {
        "source": {
            "id": source.code, "name": source.name, "writeKey": source.write_key, "enabled": True,
            "workspaceId": "nitka", "updatedAt": made, "connections": [], "destinations": [], "dataplanes": {},
            "config": {"statsCollection": {"errors": {"enabled": False}, "metrics": {"enabled": False}}},
        },
        "updatedAt": made,
    }  # fmt: skip
