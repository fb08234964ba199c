"""Starts the embedded PostgreSQL for the tests, before Django reads its settings; and one browser for each process of a run.

Where a run has several processes, the first starts the server, and the others find its DATABASE_URL in their environment.
"""

import gc
import os
from collections.abc import Generator, Iterator
from pathlib import Path

import django
import pytest
from django.db import connection
from django.test import TransactionTestCase
from playwright.sync_api import Browser, BrowserContext, expect

from tests.houses import name_of, shared_schema
from tests.journeys.shown import what_was_shown
from tools.chromium import chromium
from vigil.kernel import postgres

_VAR = Path(os.environ.get("VIGIL_TEST_VAR", Path(__file__).parent / "var" / "test"))

os.environ.setdefault("VIGIL_MODE", "test")
os.environ.setdefault("VIGIL_VAR", str(_VAR))
# Where collected files would lie; the pages' file server warns when there is no such folder, and a warning is an error here.
(Path(os.environ["VIGIL_VAR"]) / "static").mkdir(parents=True, exist_ok=True)
if "DATABASE_URL" not in os.environ:
    os.environ["DATABASE_URL"] = postgres.start(_VAR / "postgres", durable=False)
# Set here and not in pyproject.toml: there pytest-django would read the settings before this file has run.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vigil.config.settings")

django.setup()
# A name of its own for each run, so that two runs on one machine do not meet.
connection.settings_dict["TEST"]["NAME"] = f"test_vigil_{os.getpid()}"


_LONGEST = {
    "test_accessibility.py",
    "test_desk_chat.py",
    "test_every_language.py",
    "test_the_main_job.py",
    "test_widget_states.py",
}
_OPEN_BEFORE = pytest.StashKey[list[BrowserContext]]()
# By name, so that a run with nothing else can be shown to fail by a skip.
pytest_plugins = ["tests.skipping"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell what a journey that fails saw last."""
    report = yield
    if report.when == "call" and report.failed and "browser" in getattr(item, "funcargs", {}):
        browser: Browser = item.funcargs["browser"]  # type: ignore[attr-defined]  # asked for above
        report.sections.append(("What the pages showed", "\n".join(what_was_shown(browser))))
        # Who tries once more is alone again.
        for context in [each for each in browser.contexts if each not in item.stash[_OPEN_BEFORE]]:
            context.close()
    return report


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None]:
    """Look for no garbage while thousands of tests are read, all of which stay, nor ever again among them: that was a third of reading."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Note whose browsers are open before a journey."""
    if "browser" in getattr(item, "funcargs", {}):
        item.stash[_OPEN_BEFORE] = list(item.funcargs["browser"].contexts)  # type: ignore[attr-defined]  # asked for above
    yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell of every journey that needed a second try why it did: a moment that does not come again is a fault as well."""
    for report in terminalreporter.stats.get("rerun", []):
        terminalreporter.section(f"tried once more: {report.nodeid}", "_")
        terminalreporter.line(report.longreprtext)
        for name, content in report.sections:
            terminalreporter.line(f"--- {name}")
            terminalreporter.line(content)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files that drive a browser last: Playwright keeps an event loop running from its first use on, and the others bring their own.

    Processes that share a run take whole files in this order (see the Makefile), so that it holds in each of them. The longest come
    first among the last, or one process would still be at them when the others have nothing left.
    """
    driving = {item.path for item in items if "browser" in getattr(item, "fixturenames", ())}
    for item in items:
        if item.path in driving:
            # A browser, a server and a worker on a machine that does much else: what fails twice is broken. The summary names it.
            item.add_marker(pytest.mark.flaky(reruns=1))
    items.sort(key=lambda item: (item.path in driving, item.path in driving and item.path.name not in _LONGEST))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Copy the schema from a database that the processes of a run share: to make it takes each longer than many a hundred tests."""
    base = tmp_path_factory.getbasetemp()
    with shared_schema(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) as schema:
        connection.settings_dict["TEST"]["TEMPLATE"] = name_of(schema.database_url)
        yield


# Most tables are empty: to look costs less than to throw them away, which makes each anew with all its indexes. Without triggers,
# because the audit's refuse it to whoever asks, and without Django's way back from nothing, as the kinds of contents stay.
_EMPTY_ALL = """
DO $$
DECLARE
  one record;
  is_used boolean;
BEGIN
  SET LOCAL session_replication_role = replica;
  FOR one IN SELECT oid::regclass AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
             AND relname NOT IN ('django_migrations', 'django_content_type', 'auth_permission') LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', one.name) INTO is_used;
    IF is_used THEN
      EXECUTE format('DELETE FROM %s', one.name);
    END IF;
  END LOOP;
END $$
"""


def _empty_all(case: TransactionTestCase) -> None:
    """Leave the next test an empty database, as Django's own way does in thirty times the time."""
    with connection.cursor() as cursor:
        cursor.execute(_EMPTY_ALL)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Empty the database in our own way after each test that commits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", _empty_all)
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium: the one the environment names, Debian's, or Playwright's own."""
    # What is right is seen at once; a machine that does much else may take its time to show it.
    expect.set_options(timeout=15_000)
    # One for the whole process: Playwright refuses to start a second time beside the first.
    with chromium() as one:
        yield one
