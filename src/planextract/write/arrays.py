"""Python values → Arrow arrays, from buffers.

``pyarrow.array`` imports pandas to recognise its types, which takes a second of each cold run; what is written here is
plain Python and needs none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import accumulate, chain
from typing import Any

import numpy as np
import pyarrow as pa

_EPOCH = date(1970, 1, 1).toordinal()
_NUMBERS: dict[Any, Any] = {
    pa.int16(): np.int16,
    pa.int32(): np.int32,
    pa.int64(): np.int64,
    pa.float32(): np.float32,
    pa.float64(): np.float64,
}


def make_array(values: Sequence[Any], kind: Any) -> Any:  # noqa: ANN401  (pyarrow has no types)
    """Return values as an Arrow array.

    Args:
        values: One value a row; None is null.
        kind: Arrow type: a number, bool, date32, string, or a list or struct of those.

    Raises:
        OverflowError: If a number does not fit its type.
        TypeError: If a value is of another type, or the Arrow type is not one of those.
    """
    is_valid = [value is not None for value in values]
    null_count = len(values) - sum(is_valid)
    valid = _pack(is_valid) if null_count else None
    buffers, children = _find_maker(kind)(values, kind)
    return pa.Array.from_buffers(kind, len(values), [valid, *buffers], null_count, children=children)


def _find_maker(kind: Any) -> Callable[[Sequence[Any], Any], tuple[list[Any], list[Any] | None]]:  # noqa: ANN401
    if kind in _NUMBERS:
        return _make_numbers
    if pa.types.is_string(kind):
        return _make_strings
    if pa.types.is_boolean(kind):
        return _make_bools
    if pa.types.is_date32(kind):
        return _make_dates
    if pa.types.is_list(kind):
        return _make_lists
    if pa.types.is_struct(kind):
        return _make_structs
    message = f"no Arrow buffers are made for {kind}"
    raise TypeError(message)


def _make_numbers(values: Sequence[Any], kind: Any) -> tuple[list[Any], None]:  # noqa: ANN401
    numbers = [0 if value is None else value for value in values]
    if pa.types.is_integer(kind) and any(not isinstance(number, (int, np.integer)) for number in numbers):
        message = f"a value of {kind} is no whole number"
        raise TypeError(message)
    return [pa.py_buffer(np.array(numbers, dtype=_NUMBERS[kind]))], None


def _make_strings(values: Sequence[Any], _: Any) -> tuple[list[Any], None]:  # noqa: ANN401
    encoded = [b"" if value is None else value.encode() for value in values]
    return [_make_offsets(encoded), pa.py_buffer(b"".join(encoded))], None


def _make_bools(values: Sequence[Any], _: Any) -> tuple[list[Any], None]:  # noqa: ANN401
    return [_pack([bool(value) for value in values])], None


def _make_dates(values: Sequence[Any], _: Any) -> tuple[list[Any], None]:  # noqa: ANN401
    days = [0 if value is None else value.toordinal() - _EPOCH for value in values]
    return [pa.py_buffer(np.array(days, dtype=np.int32))], None


def _make_lists(values: Sequence[Any], kind: Any) -> tuple[list[Any], list[Any]]:  # noqa: ANN401
    items = [() if value is None else value for value in values]
    return [_make_offsets(items)], [make_array(list(chain.from_iterable(items)), kind.value_type)]


def _make_structs(values: Sequence[Any], kind: Any) -> tuple[list[Any], list[Any]]:  # noqa: ANN401
    return [], [
        make_array([None if value is None else value[field.name] for value in values], field.type) for field in kind
    ]


def _make_offsets(items: Sequence[Any]) -> Any:  # noqa: ANN401
    return pa.py_buffer(np.fromiter(accumulate(map(len, items), initial=0), dtype=np.int32, count=len(items) + 1))


def _pack(bits: Sequence[bool]) -> Any:  # noqa: ANN401
    return pa.py_buffer(np.packbits(np.array(bits, dtype=np.uint8), bitorder="little"))
