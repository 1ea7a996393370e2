"""Ways through the house for its tests: our addresses, our files, our functions, our models."""

import ast
from functools import cache
from pathlib import Path

from django.apps import apps
from django.urls import URLPattern, get_resolver

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "reference", "audit", "accounts", "law", "cases", "operations", "documents", "survivors", "prosecutions",
    "aftercare", "notifications", "figures", "dashboards", "casefiles", "exchange", "rights",
    "diary", "desk", "hooks", "api",
)  # fmt: skip
WIRING = ("ijm_cases", "devservices")


class Address:
    """One address of ours: its name, what its path takes, and the view behind it."""

    def __init__(self, namespace, name, converters, view):
        self.namespace, self.name, self.converters, self.view = namespace, name, converters, view

    @property
    def full(self):
        return f"{self.namespace}:{self.name}" if self.namespace else self.name

    @property
    def screen(self):
        """The name that view, template and test share."""
        return (self.name or "").replace("-", "_")

    @property
    def function(self):
        return getattr(self.view, "__name__", "")


def addresses(resolver=None, namespace="", converters=None):
    """Every address whose view is ours; REST endpoints are classes and listed too."""
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        taken = {**(converters or {}), **pattern.pattern.converters}
        if isinstance(pattern, URLPattern):
            if pattern.callback.__module__.split(".")[0] in (*APPS, *WIRING):
                found.append(Address(namespace, pattern.name, taken, pattern.callback))
        else:
            inner = pattern.namespace or namespace
            found += addresses(pattern, inner, taken)
    return found


def screens():
    """Addresses of pages: what is not REST and not wiring."""
    return [a for a in addresses() if a.namespace in APPS and a.namespace != "api" and a.name]


@cache
def modules():
    """Every Python file of ours but migrations, as (path from the root, its tree)."""
    found = []
    for app in (*APPS, *WIRING):
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                text = path.read_text(encoding="utf-8")
                found.append((path.relative_to(ROOT).as_posix(), ast.parse(text)))
    return found


def functions(tree):
    """Every function in a tree, methods and inner ones included."""
    return [n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]


def calls(node):
    """The names of what is called inside a node: record, objects.filter gives filter."""
    named = []
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            target = call.func
            named.append(target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", ""))
    return named


def is_actions(path):
    """The file holds verbs: app/actions.py, or a file of app/actions/."""
    parts = path.split("/")
    return len(parts) > 1 and (parts[1] == "actions" or parts[1].startswith("actions"))


def our_models():
    return [model for model in apps.get_models() if model._meta.app_label in APPS]


def case_bearing():
    return [model for model in our_models() if getattr(model, "case_bearing", False)]
