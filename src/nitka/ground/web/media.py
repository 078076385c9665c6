"""Pictures, films, documents and models of the catalogue, served by ourselves where no proxy does it."""

import mimetypes
import os
import re
from collections.abc import Iterator
from typing import BinaryIO

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

# A file's name holds the hash of what is in it, so what was fetched once stays true.
FOR_EVER = "public, max-age=31536000, immutable"
_PIECE = 64 << 10
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")

# Without its type no phone opens a model in the room; not every system knows these.
mimetypes.add_type("model/gltf-binary", ".glb")
mimetypes.add_type("model/vnd.usdz+zip", ".usdz")
mimetypes.add_type("image/avif", ".avif")
mimetypes.add_type("video/webm", ".webm")


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """One file of MEDIA_ROOT. Never run as a page of ours, whatever is in it."""
    whole = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response = _part(request, whole) if isinstance(whole, FileResponse) else whole
    response["Cache-Control"] = FOR_EVER
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _part(request: HttpRequest, whole: FileResponse) -> HttpResponseBase:
    """One piece of a file where one is asked for (RFC 9110, 14): some phones play no film without."""
    whole["Accept-Ranges"] = "bytes"
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    same = request.headers.get("If-Range") in (None, whole["Last-Modified"])
    file = whole.file_to_stream
    if request.method != "GET" or not asked or asked.groups() == ("", "") or not same or file is None:
        return whole
    size = os.fstat(file.fileno()).st_size
    first, last = _bounds(asked[1], asked[2], size)
    if first > last:
        whole.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    kept = {name: whole[name] for name in ("Content-Type", "Last-Modified", "Accept-Ranges")}
    part = StreamingHttpResponse(_between(file, first, last), status=206, headers=kept)
    part["Content-Range"], part["Content-Length"] = f"bytes {first}-{last}/{size}", str(last - first + 1)
    return part


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:  # so many at the end
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last) if last else size, size - 1)


def _between(file: BinaryIO, first: int, last: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        left = last - first + 1
        while left and (piece := file.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece
