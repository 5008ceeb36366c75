"""The program's sentences in Chinese, one catalogue a part of the house; the English sentence is the key.

To add a sentence: say it in English where it belongs, as a :class:`planextract.phrases.Phrase` if it holds fields, and
put it into the catalogue here with the same fields. A test finds every sentence that is missing, and every one that
nobody says any more.
"""

from __future__ import annotations

from collections.abc import Mapping

from planextract.wording.chinese import (
    commands,
    comparisons,
    findings,
    help_pages,
    reading,
    reports,
    results,
    settings_files,
)
from planextract.wording.words import SIGNS_ZH

CATALOGUES: tuple[Mapping[str, str], ...] = (
    *(help_pages.COMMANDS, help_pages.OPTIONS),
    *(commands.GENERAL, commands.RUN, commands.PAGES, commands.EXPORT, commands.STATUS, commands.TRACK, commands.SHOW),
    commands.AGENCIES,
    *(reading.CONTAINERS, reading.LIMITS, reading.FORMATS, reading.PAGES, reading.PLANS, reading.RUNS),
    *(settings_files.SETTINGS, settings_files.REGIONS, settings_files.DICTIONARIES, settings_files.DECISIONS),
    settings_files.GOLD,
    *(results.OUTPUTS, results.EXPORTS, results.LEDGERS, results.REPORTS, results.NAMES, results.PAGES),
    results.NEW_PLANS,
    *(reports.WORDS, reports.COMMON, reports.QUALITY, reports.SCORE, comparisons.CHANGES, comparisons.YEARS),
    comparisons.FULFILMENT,
    *(findings.READING, findings.TABLES, findings.PLANS, findings.NAMES, findings.PEOPLE),
    SIGNS_ZH,
)
