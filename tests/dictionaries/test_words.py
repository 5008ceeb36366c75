"""The word book gives what jieba gives."""

import logging

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planextract.dictionaries.word_table import LONGEST_WORD, WordTable
from planextract.dictionaries.words import JiebaWordBook


@pytest.fixture(scope="module")
def lines():
    jieba.setLogLevel(logging.ERROR)
    with jieba.Tokenizer().get_dict_file() as stream:
        fields = stream.read().decode().split()
    return list(zip(fields[0::3], map(int, fields[1::3]), strict=True))


@pytest.fixture(scope="module")
def book():
    return JiebaWordBook()


def test_every_word_has_the_frequency_of_the_dictionary(lines, book):
    table, words = book._table, dict(lines)
    assert table.total == sum(frequency for _, frequency in lines)
    short = [word for word in words if len(word) <= LONGEST_WORD]
    assert len(short) > 0.998 * len(words)
    text = "\n".join(short)
    found = {text[start:end]: frequency for start, end, frequency in table.find(text)}
    assert {word: found.get(word) for word in short} == {word: words[word] for word in short}
    assert set(found) <= set(words)


def test_what_is_no_word_is_none(book):
    assert not book.is_word("工作作")
    assert not book.is_word("工")
    assert book.is_word("工作")
    assert not book.is_word("\U0002a6d6龘")
    assert not book.is_word("\ud800工")
    assert not book.is_word("")


def test_pairs_are_those_inside_words(lines, book):
    pairs = {word[i : i + 2] for word, _ in lines[::500] for i in range(len(word) - 1) if min(word[i : i + 2]) > "\x7f"}
    assert all(book._table.has_pair(pair) for pair in pairs)
    assert not book._table.has_pair("龘工")


def test_a_cut_through_a_word_is_found_as_jieba_segments(book):
    assert book.find_word_across("加强大气污染防", "治工作") == "防治"
    assert book.find_word_across("加强大气污染", "防治工作") is None


@given(text=st.text("加强大气污染防治工作2021年底前区教委VOCs，。的和\n", max_size=40))
def test_words_in_a_text_are_those_of_a_dictionary(text):
    words = {"大气": 5, "大气污染": 7, "防治": 3, "工作": 9, "的": 11, "VOC": 2}
    table = WordTable("".join(f"{word} {frequency} n\n" for word, frequency in words.items()))
    found = list(table.find(text))
    assert found == [
        (start, end, words[text[start:end]])
        for start in range(len(text)) for end in range(start + 1, len(text) + 1) if text[start:end] in words
    ]  # fmt: skip
