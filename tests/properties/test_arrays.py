"""Arrow arrays made from buffers are those that pyarrow itself makes."""

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planextract.write.arrays import make_array

pa.array([0])  # imports pandas, which is slower than a test may be

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
_STRUCT = pa.struct([("no", pa.int16()), ("title", pa.string())])
_CASES = {
    pa.int16(): st.integers(-(2**15), 2**15 - 1),
    pa.int64(): st.integers(-(2**63), 2**63 - 1),
    pa.float32(): st.floats(width=32, allow_nan=False),
    pa.float64(): st.floats(allow_nan=False),
    pa.bool_(): st.booleans(),
    pa.string(): _TEXT,
    pa.date32(): st.dates(),
    pa.list_(pa.field("element", pa.string())): st.lists(st.none() | _TEXT, max_size=3),
    pa.list_(pa.field("element", pa.int32())): st.lists(st.integers(-9, 9), max_size=3),
    pa.list_(pa.field("element", _STRUCT)): st.lists(
        st.fixed_dictionaries({"no": st.none() | st.integers(0, 9), "title": _TEXT}), max_size=3
    ),
}


@pytest.mark.parametrize("kind", _CASES, ids=str)
@given(data=st.data())
def test_buffers_hold_what_pyarrow_would_write(kind, data):
    values = data.draw(st.lists(st.none() | _CASES[kind], max_size=20))
    array = make_array(values, kind)
    array.validate(full=True)
    assert array.equals(pa.array(values, type=kind))
    assert array.null_count == values.count(None)


@pytest.mark.parametrize(
    ("values", "kind", "error"),
    [
        ([2**15], pa.int16(), OverflowError),
        ([1.5], pa.int32(), TypeError),
        (["x"], pa.float64(), ValueError),
        ([date(2021, 1, 1)], pa.time32("s"), TypeError),
    ],
)
def test_what_does_not_fit_is_refused(values, kind, error):
    with pytest.raises(error):
        make_array(values, kind)
