import pytest

from planextract.errors import ConfigError
from planextract.settings import Settings, parse_settings


def test_an_empty_file_gives_the_defaults():
    assert parse_settings("", "s.toml") == Settings()


def test_values_are_taken_over():
    settings = parse_settings("region = '110102'\n[read]\nmax_cells = 5\n[stitch]\nreview_score = 1\n", "s.toml")
    assert (settings.region, settings.read.max_cells, settings.stitch.review_score) == ("110102", 5, 1.0)


def test_the_callers_region_wins():
    assert parse_settings("region = '110102'", "s.toml", region="110105").region == "110105"


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        pytest.param("max_cells = 5", "settings.unknown_key", "max_cells", id="unknown key at the top"),
        pytest.param("[read]\nmax_cell = 5", "settings.unknown_key", "max_cell", id="unknown key in a group"),
        pytest.param("[reed]\n", "settings.unknown_key", "reed", id="unknown group"),
        pytest.param("[read]\nmax_cells = '5'", "settings.wrong_type", "max_cells", id="text for a number"),
        pytest.param("[read]\nmax_cells = 5.5", "settings.wrong_type", "max_cells", id="fraction for a whole number"),
        pytest.param("[read]\nmax_cells = true", "settings.wrong_type", "max_cells", id="truth for a number"),
        pytest.param("[read]\nmax_cells = [5]", "settings.wrong_type", "max_cells", id="list for a number"),
        pytest.param("region = 110102", "settings.wrong_type", "region", id="number for a text"),
        pytest.param("read = 5", "settings.wrong_type", "5", id="number for a group"),
        pytest.param("read = [", "settings.unreadable", "TOML", id="no TOML"),
    ],
)
def test_wrong_settings_are_refused(text, code, shown):
    with pytest.raises(ConfigError) as caught:
        parse_settings(text, "s.toml")
    assert (caught.value.code, caught.value.file) == (code, "s.toml")
    assert shown in caught.value.message
    assert "\n" not in caught.value.message
