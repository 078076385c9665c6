"""Pictures, documents and models of the catalogue, served by ourselves where no proxy does it."""

import mimetypes
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.static import serve

# A file's name holds the hash of what is in it, so what was fetched once stays true.
FOR_EVER = "public, max-age=31536000, immutable"

# Without its type no phone opens a model in the room; not every system knows these.
mimetypes.add_type("model/gltf-binary", ".glb")
mimetypes.add_type("model/vnd.usdz+zip", ".usdz")
mimetypes.add_type("image/avif", ".avif")
mimetypes.add_type("video/webm", ".webm")


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """One file of MEDIA_ROOT. Never run as a page of ours, whatever is in it."""
    response: Any = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = FOR_EVER
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response  # type: ignore[no-any-return]
