"""The word book gives what jieba gives."""

import logging
from itertools import accumulate, pairwise

import jieba
import pytest
from hypothesis import given, settings
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
    found = {text[start:end]: frequency for start, end, frequency in zip(*table.find(text), strict=True)}
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
    table = WordTable.read_lines("".join(f"{word} {frequency} n\n" for word, frequency in words.items()))
    found = list(zip(*(column.tolist() for column in table.find(text)), strict=True))
    assert found == [
        (start, end, words[text[start:end]])
        for start in range(len(text))
        for end in range(start + 1, len(text) + 1)
        if text[start:end] in words
    ]


@settings(max_examples=300, deadline=None)
@given(text=st.text("加强大气污染防治工作2021年底前区教委VOCs，。的和\n\r -%㐀鿿", max_size=40))
def test_a_text_is_cut_as_jieba_cuts_it(book, text):
    reference = jieba.Tokenizer()
    reference.FREQ = {text[start:end]: count for start, end, count in zip(*book._table.find(text), strict=True)}
    reference.total, reference.initialized = book._table.total, True
    reference.get_DAG = lambda block: {
        start: [end - 1 for end in range(start + 1, len(block) + 1) if block[start:end] in reference.FREQ] or [start]
        for start in range(len(block))
    }
    ends = [0, *book._cut(text)]
    assert [text[start:end] for start, end in pairwise(ends)] == list(reference.cut(text, HMM=False))
    for place in range(len(text) + 1):
        left, right = text[max(0, place - 8) : place], text[place : place + 8]
        marks = list(accumulate(map(len, reference.cut(left + right, HMM=False)), initial=0))
        across = [(left + right)[a:b] for a, b in pairwise(marks) if a < len(left) < b]
        assert book.find_word_across(text[:place], text[place:]) == next(iter(across), None)
    route = {}
    reference.calc(text, reference.get_DAG(text), route)
    assert book.weigh(text) == route[0][0]


def test_pairs_of_a_text_are_known_at_once(book):
    text = "加强大气污染防治龘工作\n和"
    found = dict(zip((a + b for a, b in pairwise(text)), book._table.know_pairs(text).tolist(), strict=True))
    assert found == {pair: book._table.has_pair(pair) for pair in found if pair.isalpha()} | {
        pair: False for pair in found if not pair.isalpha()
    }
    assert set(found) == {a + b for a, b in pairwise(text)}
