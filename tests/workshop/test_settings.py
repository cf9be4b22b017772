"""Settings: what is read, what is refused, and in which words."""

import socket

import pytest

from workshop.settings import ROOT, Settings, SettingsError, lan_address


def read(**variables: str) -> Settings:
    return Settings.from_environment(variables)


def test_nothing_set_is_enough() -> None:
    settings = read()
    assert settings.database_url == f"sqlite:///{ROOT / 'data' / 'einklang.db'}"
    assert settings.port == 8501
    assert settings.public_url is None
    assert settings.moderator_passphrase is None
    assert not settings.secure
    assert settings.public_host is None


def test_empty_counts_as_not_set() -> None:
    assert read(DATABASE_URL="", PUBLIC_URL=" ", PORT="", MODERATOR_PASSPHRASE="") == read()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("sqlite:////srv/e.db", "sqlite:////srv/e.db"),
        ("postgresql://u:p@db/e", "postgresql+psycopg://u:p@db/e"),
        ("postgres://u:p@db/e", "postgresql+psycopg://u:p@db/e"),
        ("postgresql+psycopg://u@db/e", "postgresql+psycopg://u@db/e"),
    ],
)
def test_database_urls(given: str, kept: str) -> None:
    assert read(DATABASE_URL=given).database_url == kept


def test_a_relative_sqlite_file_is_made_absolute(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("here")
    monkeypatch.chdir(folder)
    assert read(DATABASE_URL="sqlite:///e.db").database_url == f"sqlite:///{folder / 'e.db'}"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DATABASE_URL", "mysql://u:p@db/e"),
        ("DATABASE_URL", "einklang.db"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("PUBLIC_URL", "einklang.example.org"),
        ("PUBLIC_URL", "ftp://einklang.example.org"),
        ("PUBLIC_URL", "https://einklang.example.org/path"),
        ("PUBLIC_URL", "https://einklang.example.org?x=1"),
        ("PUBLIC_URL", "https://user@einklang.example.org"),
        ("PUBLIC_URL", "https://einklang.example.org:port"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "https://a b"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "85o1"),
        ("PORT", "-1"),
        ("PORT", "８５０１"),
        ("MODERATOR_PASSPHRASE", "too short"),
        ("MODERATOR_PASSPHRASE", "a            "),
    ],
)
def test_what_is_wrong_is_named_in_one_sentence(variable: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read(**{variable: value})
    sentence = str(refused.value)
    assert sentence.startswith(variable)
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_secrets_are_neither_in_repr_nor_in_a_refusal() -> None:
    settings = read(DATABASE_URL="postgresql://u:hidden@db/e", MODERATOR_PASSPHRASE="hidden-hidden")
    assert "hidden" not in repr(settings)
    with pytest.raises(SettingsError) as refused:
        read(DATABASE_URL="mysql://u:hidden@db/e")
    assert "hidden" not in str(refused.value)


def test_public_url_is_the_address_of_the_qr_code() -> None:
    settings = read(PUBLIC_URL="https://Einklang.example.org:8443/", PORT="9000")
    assert settings.base_url() == "https://Einklang.example.org:8443"
    assert settings.public_host == "einklang.example.org:8443"
    assert settings.secure
    assert not settings.only_local


@pytest.mark.parametrize("url", ["http://localhost:8501", "http://127.0.0.1", "http://[::1]:8501"])
def test_only_local_is_known_as_such(url: str) -> None:
    assert read(PUBLIC_URL=url).only_local


def test_without_public_url_the_lan_address_is_taken() -> None:
    settings = read(PORT="9000")
    address = lan_address()
    assert settings.base_url() == f"http://{address or 'localhost'}:9000"
    assert settings.only_local == (address is None)


def test_without_a_network_only_localhost_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_route(*_: object) -> None:
        raise OSError("Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", no_route)
    settings = read()
    assert settings.base_url() == "http://localhost:8501"
    assert settings.only_local
