import pytest

from planextract.errors import InputError
from planextract.read import read_document
from planextract.settings import ReadSettings

from ...builders import make_plan_text


def read(text, name="plan.txt", **limits):
    return read_document(text.encode("utf-8"), name, ReadSettings(**limits))


@pytest.mark.parametrize(
    ("text", "name", "media_type"),
    [
        pytest.param(make_plan_text("1\t甲\t乙\t丙\t丁\t戊"), "plan.txt", "text/plain", id="text"),
        pytest.param("|甲|乙|\n|-|-|\n", "plan.md", "text/markdown", id="Markdown"),
        pytest.param("<!DOCTYPE html><table><tr><td>甲<td>乙</table>", "plan.txt", "text/html", id="HTML by content"),
    ],
)
def test_media_type(text, name, media_type):
    assert read(text, name).media_type == media_type


def test_the_id_is_the_hash_of_the_bytes():
    assert read("甲\t乙").doc_id == read("甲\t乙", "other.txt").doc_id != read("甲\t丙").doc_id


def test_printed_holds_every_character_but_white_space():
    assert read(" 甲\t乙 \n丙").printed == "甲乙丙"


def test_a_file_over_the_limit_is_refused():
    with pytest.raises(InputError, match="limit"):
        read("甲\t乙", max_file_bytes=3)
