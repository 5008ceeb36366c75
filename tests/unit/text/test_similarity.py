from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planextract.text.similarity import edit_distance, lcs_similarity, make_shingles, mark_changes

TEXT = st.text("年底前区局0123 \n", max_size=30)


@given(TEXT, TEXT)
def test_marks_hold_both_texts(before, after):
    marks = mark_changes(before, after)
    assert "".join(m.text for m in marks if m.kind != "added") == before
    assert "".join(m.text for m in marks if m.kind != "removed") == after
    assert all(m.text for m in marks)


@given(TEXT)
def test_equal_texts_have_no_marks(text):
    assert all(m.kind == "equal" for m in mark_changes(text, text))
    assert lcs_similarity(text, text) == 1
    assert edit_distance(text, text) == 0


def test_shingles():
    assert make_shingles("") == frozenset()
    assert make_shingles("年底前") == {"年底前"}
    assert make_shingles("12345") == {"1234", "2345"}
