"""A page to read the API: made of its own OpenAPI document, without a script."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse

from nitka.faces.api.v1 import DESCRIPTION, api
from nitka.ground.web.pages import render

DEEPEST = 6


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked: its address, its parameters, and what goes in and out as an example."""

    anchor: str
    method: str
    path: str
    summary: str
    tag: str
    parameters: tuple[tuple[str, str, str], ...]  # name, where, type
    body: str
    answer: str
    status: str


def docs(request: HttpRequest) -> HttpResponse:
    tags: dict[str, list[Operation]] = {}
    for operation in operations():
        tags.setdefault(operation.tag, []).append(operation)
    return render(request, "api/docs.html", {"description": DESCRIPTION, "tags": tags, "title": api.title})


@cache
def operations() -> tuple[Operation, ...]:
    """All operations in the order of their definition."""
    return tuple(_operations(api.get_openapi_schema()))


def _operations(schema: dict[str, Any]) -> Iterator[Operation]:
    shapes = schema["components"]["schemas"]
    for path, methods in schema["paths"].items():
        for method, each in methods.items():
            body = each.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            status = next(iter(each["responses"]))
            answer = each["responses"][status].get("content", {}).get("application/json", {}).get("schema")
            yield Operation(
                anchor=each["operationId"], method=method.upper(), path=path, summary=each.get("summary", ""),
                tag=each["tags"][0], body=_pretty(body, shapes), answer=_pretty(answer, shapes), status=str(status),
                parameters=tuple(
                    (one["name"], one["in"], _kind(one["schema"])) for one in each.get("parameters", ())
                ),
            )  # fmt: skip


def _pretty(shape: dict[str, Any] | None, shapes: dict[str, Any]) -> str:
    return json.dumps(example(shape, shapes), indent=2, ensure_ascii=False) if shape else ""


def _kind(shape: dict[str, Any]) -> str:
    return str(shape.get("format") or shape.get("type") or "text")


def example(shape: dict[str, Any], shapes: dict[str, Any], depth: int = 0) -> Any:
    """An example of a JSON schema: its own where it has one, else made of its parts."""
    if "$ref" in shape:
        return example(shapes[shape["$ref"].rsplit("/", 1)[1]], shapes, depth) if depth < DEEPEST else {}
    for given in ("examples", "const", "default"):
        if given in shape and shape[given] is not None:
            return shape[given][0] if given == "examples" else shape[given]
    if choices := shape.get("anyOf"):
        return example(next((one for one in choices if one.get("type") != "null"), {}), shapes, depth)
    match shape.get("type"):
        case "object":
            return {name: example(one, shapes, depth + 1) for name, one in shape.get("properties", {}).items()}
        case "array":
            return [example(shape.get("items", {}), shapes, depth + 1)]
        case "integer":
            return shape.get("minimum", 1)
        case "boolean":
            return True
        case _:
            return "01a1fffc-39d9-7089-b046-af0caca8129b" if shape.get("format") == "uuid" else ""
