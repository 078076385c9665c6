"""Files of others that are mended before they are served."""

import pytest

from nitka.ground.web import assets
from nitka.ground.web.mending import SWAPS, mend

PLACE = "decoders/basis_transcoder.js"


def test_what_is_to_be_replaced_is_replaced_and_nothing_else() -> None:
    content = "before;" + ";between;".join(old for old, _new in SWAPS[PLACE]) + ";after"
    text = mend(PLACE, content.encode()).decode()
    assert text.startswith("before;") and text.endswith(";after") and ";between;" in text
    assert "newFunc(Function" not in text
    assert mend("decoders/other.js", b"newFunc(Function") == b"newFunc(Function"


def test_a_new_release_that_looks_different_is_noticed() -> None:
    with pytest.raises(LookupError, match="has changed"):
        mend(PLACE, b"var invokerFunction=other();")


def test_the_served_transcoder_evaluates_no_text() -> None:
    served = assets.VENDOR / PLACE
    if not served.exists():
        pytest.skip("set-up had no net")
    assert b"newFunc(Function" not in served.read_bytes()
