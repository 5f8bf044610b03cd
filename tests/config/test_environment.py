"""Settings come from the environment; a refusal says which variable and what to write."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment

NAME = "PORTAL_SAMPLE"


@pytest.mark.parametrize("word", ["1", "true", "YES", " on "])
def test_a_flag_is_on(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv(NAME, word)
    assert environment.flag(NAME)


@pytest.mark.parametrize("word", ["", "0", "false", "No", "off"])
def test_a_flag_is_off(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv(NAME, word)
    assert not environment.flag(NAME)


def test_a_flag_is_off_when_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    assert not environment.flag(NAME)


def test_a_list_drops_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "a.example, b.example,,")
    assert environment.words(NAME) == ["a.example", "b.example"]


def test_a_moment_without_offset_is_taken_in_hanoi(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "2008-07-25T09:00")
    moment = environment.moment(NAME, "Asia/Ho_Chi_Minh")
    assert moment is not None
    assert moment.isoformat() == "2008-07-25T09:00:00+07:00"


def test_sqlite_waits_for_its_turn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(NAME, "sqlite:///data/portal.sqlite3")
    settings = environment.database(NAME, tmp_path)
    assert settings["NAME"] == str(tmp_path / "data" / "portal.sqlite3")
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode = WAL" in settings["OPTIONS"]["init_command"]


def test_postgresql_keeps_its_connections(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(NAME, "postgres://portal:s%40crt@db.example:5433/portal?sslmode=require")
    settings = environment.database(NAME, tmp_path)
    assert (settings["HOST"], settings["PORT"], settings["PASSWORD"]) == ("db.example", 5433, "s@crt")
    assert settings["OPTIONS"]["sslmode"] == "require"
    assert settings["CONN_MAX_AGE"] == 60
    assert settings["CONN_HEALTH_CHECKS"] is True


def test_mail_goes_through_a_server_over_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "smtp://portal%40agency:s%2Fcrt@mail.example:587/?tls=true")
    settings = environment.mail(NAME, "console:")
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"]) == ("mail.example", 587)
    assert (settings["EMAIL_HOST_USER"], settings["EMAIL_HOST_PASSWORD"]) == ("portal@agency", "s/crt")
    assert settings["EMAIL_USE_TLS"] is True


def test_an_address_of_the_portal_loses_its_closing_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "https://portal.example:8443/")
    assert environment.origin(NAME, "http://localhost") == "https://portal.example:8443"
    monkeypatch.delenv(NAME)
    assert environment.origin(NAME, "http://localhost:8000") == "http://localhost:8000"


REFUSED = {
    "address with a path": ("https://portal.example/plans", lambda: environment.origin(NAME, "")),
    "address without a scheme": ("portal.example", lambda: environment.origin(NAME, "")),
    "address with a password": ("https://a:b@portal.example", lambda: environment.origin(NAME, "")),
    "address with a bad port": ("https://portal.example:x", lambda: environment.origin(NAME, "")),
    "flag": ("maybe", lambda: environment.flag(NAME)),
    "integer": ("12x", lambda: environment.integer(NAME, 5)),
    "negative integer": ("-1", lambda: environment.integer(NAME, 5)),
    "integer too small": ("0", lambda: environment.integer(NAME, 5, least=1)),
    "share in percent": ("80", lambda: environment.share(NAME, "0.8")),
    "share of nothing": ("0", lambda: environment.share(NAME, "0.8")),
    "share in words": ("most", lambda: environment.share(NAME, "0.8")),
    "moment": ("25/07/2008", lambda: environment.moment(NAME, "Asia/Ho_Chi_Minh")),
    "no variable": ("", lambda: environment.text(NAME)),
    "no database": ("", lambda: environment.database(NAME, Path())),
    "other database": ("mysql://root@localhost/portal", lambda: environment.database(NAME, Path())),
    "unknown scheme": ("portal.sqlite3", lambda: environment.database(NAME, Path())),
    "memory": ("sqlite://:memory:", lambda: environment.database(NAME, Path())),
    "mail scheme": ("http://mail.example", lambda: environment.mail(NAME, "console:")),
    "mail port": ("smtp://mail.example:abc", lambda: environment.mail(NAME, "console:")),
    "mail twice": ("smtp://m.example/?tls=1&ssl=1", lambda: environment.mail(NAME, "console:")),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_wrong_value_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    value, read = REFUSED[case]
    monkeypatch.setenv(NAME, value)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        read()
