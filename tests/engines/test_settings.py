"""Which engine works out the marts is said by two settings; beyond the machine it is asked by TLS alone."""

import pytest

from data.engines.failures import EngineError
from data.foundation import settings


def of(monkeypatch, engine, server):
    monkeypatch.setenv("DASHBOARD_ENGINE", engine)
    monkeypatch.setenv("DASHBOARD_SPARK", server)
    return settings.from_environment().spark


@pytest.mark.parametrize(
    ("engine", "server", "asked"),
    [
        ("", "sc://127.0.0.1:50051", ""),
        ("duckdb", "sc://127.0.0.1:50051", ""),
        ("spark", "sc://127.0.0.1:50051", "sc://127.0.0.1:50051"),
        ("spark", "sc://[::1]:50051/;user_id=a", "sc://[::1]:50051/;user_id=a"),
        (
            "spark",
            "sc://spark.example:443/;use_ssl=true;token=t",
            "sc://spark.example:443/;use_ssl=true;token=t",
        ),
    ],
)
def test_a_server_is_asked_where_both_settings_say_so(monkeypatch, engine, server, asked):
    assert of(monkeypatch, engine, server) == asked


@pytest.mark.parametrize(
    ("engine", "server", "said"),
    [
        ("polars", "", "DASHBOARD_ENGINE"),
        ("spark", "", "DASHBOARD_SPARK"),
        ("spark", "http://127.0.0.1:1", "sc://host:port"),
        ("spark", "sc://spark.example:15002", "by TLS"),
        ("spark", "sc://spark.example:15002/;use_ssl=false;token=secret", "by TLS"),
    ],
)
def test_what_says_no_server_is_told(monkeypatch, engine, server, said):
    with pytest.raises(settings.WrongSettingError, match=said) as told:
        of(monkeypatch, engine, server)
    assert "secret" not in str(told.value)


def test_no_error_tells_the_token_of_a_server():
    told = str(
        EngineError("sc://spark.example:443/;use_ssl=true;token=secret", ValueError("No space left\nat X"))
    )
    assert "sc://spark.example:443 did not work it out (No space left)." in told
    assert "secret" not in told
