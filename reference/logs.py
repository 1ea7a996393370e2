"""Logs without values: what failed and where, never what with.

Texts of exceptions hold values: PostgreSQL's DETAIL shows whole rows, `invalid input syntax` what was typed,
a ValueError what could not be read. So a log line tells the kind of an exception, the SQL state and
constraint of a database error, and the places in our code; words only of exceptions that speak of code alone.
"""

import logging
import re
import traceback

from django.core.exceptions import ImproperlyConfigured
from django.template import TemplateDoesNotExist

# Addresses that open something by themselves: whoever read one in a log could use it.
SECRET_ADDRESSES = re.compile(r"(/calendar/feed/|/exchange/h/)[-\w]+")
# What these say is written by programmers about programs.
SPEAK_OF_CODE = (ImportError, ImproperlyConfigured, NameError, NotImplementedError, TemplateDoesNotExist)


def told(error):
    """An exception in words that hold no value."""
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if isinstance(error, SPEAK_OF_CODE):
        return f"{name}: {error}"
    state, about = getattr(error, "pgcode", None), getattr(error, "diag", None)
    constraint = getattr(about, "constraint_name", None)
    return " ".join(filter(None, [name, state and f"[{state}]", constraint]))


def trace(error, seen=()):
    """The exception and those before it, each with its places in the code and without any local value."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = trace(before, (*seen, error)) if before is not None and before not in seen else []
    places = traceback.format_list(traceback.extract_tb(error.__traceback__))
    return [*lines, "Traceback (most recent call last):\n", *places, told(error) + "\n"]


class WithoutValues(logging.Filter):
    """Takes the values of exceptions out of a record before any handler writes it."""

    def filter(self, record):
        if record.exc_info and record.exc_info[1]:
            record.exc_text = "".join(trace(record.exc_info[1])).rstrip()
            record.exc_info = None
        if isinstance(record.args, dict):
            # Celery tells of a failed task this way.
            record.args = {name: self.plain(name, value) for name, value in record.args.items()}
        elif record.args:
            record.args = tuple(self.plain("", value) for value in record.args)
        return True

    @staticmethod
    def plain(name, value):
        if isinstance(value, BaseException):
            return told(value)
        if name == "exc":
            return str(value).partition("(")[0]
        if name == "traceback":
            return ""
        return SECRET_ADDRESSES.sub(r"\1...", value) if isinstance(value, str) else value
