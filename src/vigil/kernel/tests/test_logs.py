"""What the log says, and what it never says."""

import logging

import pytest
from django.test import Client

from vigil.kernel import faults
from vigil.kernel.logs import Line


@pytest.mark.django_db
def test_a_reset_link_is_never_in_the_log_when_the_database_is_gone(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(**_: object) -> None:
        faults._break(faults._Fault("database", "", None))

    monkeypatch.setattr("vigil.team.commands.reset_password", gone)
    form = {"password": "a long new pass phrase"}
    assert client.post("/desk/reset/a-living-link", form).status_code == 503
    lines = [Line().format(record) for record in caplog.records if record.levelno >= logging.ERROR]
    assert any("desk/reset/<" in line and "503" in line for line in lines), lines
    assert "a-living-link" not in "".join(lines)
