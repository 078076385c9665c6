"""The addresses that SDKs post to, and what each of them brings."""

_SINGLE = {"track": "t", "identify": "i", "page": "p", "screen": "s", "group": "g", "alias": "a"}
_BATCH = ("batch", "b", "import")
# The bare ones are what SDKs are built for; the prefix is for a proxy that hands us /api only.
_PREFIXES = ("", "/api/collect")


def _all() -> dict[str, str]:
    found = {}
    for prefix in _PREFIXES:
        for kind, letter in _SINGLE.items():
            found[f"{prefix}/v1/{kind}"] = found[f"{prefix}/v1/{letter}"] = kind
        found |= {f"{prefix}/v1/{name}": "batch" for name in _BATCH}
        found[f"{prefix}/v1/m"] = "metrics"  # the browser SDK's own health figures: taken, not kept
    found |= {f"/api/s/{kind}": kind for kind in _SINGLE}  # Jitsu
    found["/beacon/v1/batch"] = "batch"  # RudderStack, while a page closes
    return found


EVENTS = _all()
SETTINGS_BEFORE, SETTINGS_AFTER = "/v1/projects/", "/settings"
RUDDER_SETTINGS = ("/sourceConfig", "/sourceConfig/")


def kind_of(path: str) -> str | None:
    """What is posted to that path: a type of event, "batch", "metrics", or None where it is no address of ours."""
    return EVENTS.get(path) or (EVENTS.get(path[:-1]) if path.endswith("/") else None)


def settings_key(path: str) -> str | None:
    """The write key whose settings Segment's browser SDK asks for, or None."""
    bare = path.removeprefix("/api/collect").removesuffix("/")
    if bare.startswith(SETTINGS_BEFORE) and bare.endswith(SETTINGS_AFTER):
        return bare[len(SETTINGS_BEFORE) : -len(SETTINGS_AFTER)]
    return None
