"""Tests run as the application role on a database of their own; the owner only migrates it."""

import os

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, connections
from django.utils import translation

from accounts import rights
from accounts.scope import system_access, viewing_as
from ijm_cases.settings import database

pytest_plugins = ["tests.people"]


def pytest_configure(config):
    """What templates do is counted as covered only while they are traced, which is slow: not otherwise."""
    if config.getoption("cov_source", default=None):
        settings.TEMPLATES[0]["OPTIONS"]["debug"] = True  # nothing has been rendered yet


def _sign_in_as(url):
    """Point Django's one connection at another role."""
    connections["default"].close()
    connections["default"].settings_dict.update(database(url))
    settings.DATABASES["default"].update(database(url))


@pytest.fixture(scope="session")
def database_roles(worker_id):
    """The addresses of a fresh database, one for each role; dropped at the end."""
    # Imported late: the house forbids it elsewhere, and only a run with services has what it needs.
    from devservices.provision import drop, provision  # noqa: PLC0415

    superuser = os.environ["DATABASE_URL"]
    name = f"test_{os.environ.get('IJM_TEST_RUN', 'alone')}_{worker_id}"
    roles = provision(superuser, name)
    yield roles
    connections["default"].close()
    drop(superuser, name)


@pytest.fixture(scope="session")
def django_db_setup(database_roles, django_db_blocker):
    """Migrate as the owner, then test as the web role, which owns nothing and may delete no case data."""
    from django.core.management import call_command  # noqa: PLC0415

    with django_db_blocker.unblock():
        _sign_in_as(database_roles["owner"])
        call_command("migrate", verbosity=0)
        _let_tests_arrange()
        _sign_in_as(database_roles["web"])
    yield
    with django_db_blocker.unblock():
        connection.close()


# Outside viewing_as() a test arranges and looks, as a principal that exists in test databases alone. Inside
# it, where the product works, the lock is the one that is deployed.
ARRANGING = "00000000-0000-0000-0000-000000000000"
TESTS_ARRANGE = f"""
CREATE OR REPLACE FUNCTION nobody_looks() RETURNS uuid LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF coalesce(current_setting('tests.nobody', true), '') = 'refused' THEN
    RAISE EXCEPTION 'no principal' USING ERRCODE = '42501';
  END IF;
  RETURN '{ARRANGING}';
END $$;
-- Tests freeze Python's clock and not the database's.
CREATE OR REPLACE FUNCTION lock_clock() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
  SET search_path = pg_catalog, pg_temp AS $$ SELECT '2000-01-01'::timestamptz $$;
"""


def _let_tests_arrange():
    """Tests sign in as the web role alone, so here that role works as system principals too."""
    rights.lay_down(system_roles=rights.APPLICATION_ROLES)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        policy = f"{cursor.fetchone()[0]}_policy"
        cursor.execute(f'GRANT CREATE ON SCHEMA public TO "{policy}"')
        cursor.execute(f'SET ROLE "{policy}"')
        cursor.execute(TESTS_ARRANGE)
        cursor.execute("RESET ROLE")
        cursor.execute(f'REVOKE CREATE ON SCHEMA public FROM "{policy}"')
        for config in apps.get_app_configs():
            cursor.execute("INSERT INTO private.principal_app VALUES (%s, %s)", [ARRANGING, config.label])
        cursor.execute("UPDATE private.context_key SET role = NULL, for_system = true")


@pytest.fixture
def nobody_looks(db):
    """The lock as it is deployed, outside viewing_as() too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('tests.nobody', 'refused', true)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('tests.nobody', '', true)")


@pytest.fixture
def looking(db):
    """Look as somebody: `with looking(user): ...`."""
    return viewing_as


@pytest.fixture
def as_loader(db):
    """Look as the loader for the whole test; for rules and querysets that have no screen."""
    with system_access("loader", "a test arranges and looks") as loader:
        yield loader


@pytest.fixture
def as_reminders(db):
    """Look as the reminders principal for the whole test."""
    with system_access("reminders", "a test sweeps"):
        yield


@pytest.fixture(autouse=True)
def english():
    """Every test begins in English."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _plain_static(settings):
    """Tests need no collected files, and mail stays in memory."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _refusals_are_not_written(settings):
    """Only tests about refusals write them down: most count the events of what was done."""
    settings.AUDIT_APART = ""


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Uploads of a test land in its own folder."""
    settings.MEDIA_ROOT = tmp_path / "files"
