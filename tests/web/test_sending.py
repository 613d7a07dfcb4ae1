"""Values sent from one process to another come back as they were; nothing that arrives can name code of others."""

from __future__ import annotations

import io
from collections import OrderedDict
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model.offsets import Span
from onrecord.web.sending import VALUE, pack, read_value, unpack, write_value

LEAVES = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.text()
    | st.builds(Span, st.integers(0, 9), st.integers(10, 99))
)  # fmt: skip
KEYS = st.text() | st.integers(0, 9) | st.tuples(st.text(), st.integers(0, 9))
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(KEYS, inner)
        | st.dictionaries(KEYS, inner).map(OrderedDict)
    ),
    max_leaves=20,
)  # fmt: skip


@given(VALUES)
def test_what_is_unpacked_is_what_was_packed(value: Any) -> None:
    back = unpack(pack(value))
    assert back == value
    assert repr(back) == repr(value)  # a tuple is no list, an ordered map no map


@pytest.mark.parametrize("kind", ["<i4", "<i8", "<f4", "|b1"])
def test_arrays_keep_their_numbers_and_shape(kind: str) -> None:
    array = np.arange(6).reshape(2, 3).astype(kind)
    back = unpack(pack({"held": array}))["held"]
    assert (back.dtype, back.shape) == (array.dtype, array.shape)
    assert (back == array).all()


@pytest.mark.parametrize(
    ("module", "name"),
    [
        pytest.param("os", "system", id="another library's function"),
        pytest.param("onrecord.store", "open_view", id="a function of ours"),
        pytest.param("onrecord.web.sending", "importlib", id="a module that ours imports"),
        pytest.param("onrecordish.model", "Span", id="a package of a like name"),
        pytest.param("onrecord.model.offsets", "Nothing", id="a name that is not there"),
    ],
)
def test_only_values_of_this_package_are_made(module: str, name: str) -> None:
    held = msgspec.msgpack.encode([module, name, ["true"]])
    with pytest.raises(ValueError, match="no value of this package"):
        unpack(msgspec.msgpack.encode(msgspec.msgpack.Ext(VALUE, held)))


def test_what_is_none_of_ours_is_not_sent() -> None:
    with pytest.raises(TypeError, match="is not sent"):
        pack([object()])


def test_stream_ends_where_it_was_cut_off() -> None:
    stream = io.BytesIO()
    for value in ("one", ("two", 2)):
        write_value(value, stream)
    cut = io.BytesIO(stream.getvalue()[:-1])
    assert read_value(cut) == "one"
    with pytest.raises(EOFError):
        read_value(cut)
