#!/usr/bin/env python
"""The only entry point: every command finds its database and broker by itself."""

import os

from devservices.environment import run_command


def main():
    """Run one command of Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ijm_cases.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415, needs its settings named

    run_command(execute_from_command_line)


if __name__ == "__main__":
    main()
