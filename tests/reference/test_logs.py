"""A log line tells what failed and where, and no value of it."""

import io
import logging
import logging.config

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection, transaction

from reference.logs import WithoutValues

SECRET = "Zylphania Quorvex"


@pytest.fixture
def log():
    """What a handler with the product's own settings writes."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(WithoutValues())
    handler.setFormatter(logging.Formatter(settings.LOGGING["formatters"]["line"]["format"]))
    logger = logging.getLogger("leaks.test")
    logger.addHandler(handler)
    yield lambda say: (say(logger), out.getvalue())[1]
    logger.removeHandler(handler)


def failing(error, cause=None):
    hidden = SECRET  # a local value that a report with local values would show
    try:
        raise error from cause
    except type(error) as failed:
        seen = failed
    return lambda logger: (logger.error("It failed", exc_info=seen), hidden)


def test_the_words_of_an_exception_and_local_values_stay_out(log):
    text = log(failing(ValueError(f"not a date: {SECRET}"), KeyError(SECRET)))
    assert SECRET not in text
    assert "ValueError" in text
    assert "KeyError" in text
    assert "test_logs.py" in text


def test_words_about_code_are_kept(log):
    assert "SOME_SETTING is not set" in log(failing(ImproperlyConfigured("SOME_SETTING is not set")))


def test_an_exception_given_as_an_argument_tells_its_kind_alone(log):
    text = log(lambda logger: logger.warning("could not %s: %s", "read", ValueError(SECRET)))
    assert text == "WARNING leaks.test could not read: ValueError\n"


def test_a_failed_task_of_celery_tells_its_kind_alone(log):
    context = {"name": "a.task", "exc": f"ValueError('{SECRET}')", "traceback": SECRET}
    text = log(lambda logger: logger.error("Task %(name)s: %(exc)s %(traceback)s", context))
    assert text == "ERROR leaks.test Task a.task: ValueError \n"


@pytest.mark.django_db
def test_a_row_that_the_database_refused_is_not_shown(log):
    def refused(logger):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("INSERT INTO accounts_office (id, key, name) VALUES (1, %s, NULL)", [SECRET])
        except IntegrityError:
            logger.exception("It failed")

    text = log(refused)
    assert SECRET not in text
    assert "IntegrityError" in text
    assert "[23502]" in text


def test_the_product_writes_all_its_logs_this_way_and_mails_none():
    assert settings.LOGGING["handlers"]["out"]["filters"] == ["without_values"]
    assert settings.LOGGING["filters"]["without_values"]["()"] == "reference.logs.WithoutValues"
    assert settings.LOGGING["root"]["handlers"] == ["out"]
    assert settings.ADMINS == []
    assert not any(
        "mail" in type(handler).__name__.lower() for handler in logging.getLogger("django").handlers
    )
