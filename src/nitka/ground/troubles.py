"""What a log may say of a mistake: its kind and its place. Its words may hold what a person typed."""

from pathlib import Path


def where(trouble: BaseException) -> str:
    """`KeyError at reading.py:112`: the innermost place of ours."""
    place, step = "", trouble.__traceback__
    while step is not None:
        name = step.tb_frame.f_code.co_filename
        if "nitka" in name and "site-packages" not in name:
            place = f" at {Path(name).name}:{step.tb_lineno}"
        step = step.tb_next
    return type(trouble).__name__ + place
