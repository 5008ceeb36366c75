"""The word book gives what jieba gives."""

import logging

import jieba

from planextract.dictionaries.words import JiebaWordBook


def _load_all():
    jieba.setLogLevel(logging.ERROR)
    with jieba.Tokenizer().get_dict_file() as stream:
        fields = stream.read().decode().split()
    return list(zip(fields[0::3], map(int, fields[1::3]), strict=True))


def test_every_word_has_the_frequency_of_the_dictionary():
    lines, found = _load_all(), JiebaWordBook()._tokenizer
    assert found.total == sum(frequency for _, frequency in lines)
    assert {word: found.FREQ.get(word) for word, _ in lines} == dict(lines)


def test_what_is_no_word_is_none():
    book = JiebaWordBook()
    assert not book.is_word("工作作")
    assert not book.is_word("工")
    assert book.is_word("工作")
    assert not book.is_word("\U0002a6d6龘")


def test_a_cut_through_a_word_is_found_as_jieba_segments():
    assert JiebaWordBook().find_word_across("加强大气污染防", "治工作") == "防治"
    assert JiebaWordBook().find_word_across("加强大气污染", "防治工作") is None
