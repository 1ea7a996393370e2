"""Load case files (format ijm-case-file/1), and check the figures that they expect."""

import contextlib

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from accounts.scope import system_access
from casefiles.expectations import findings
from casefiles.loading import gather, load_all


class Undone(Exception):
    """A dry run is over: everything is taken back."""


class Command(BaseCommand):
    help = (
        "Load case files or folders of them (*.yaml, *.yml) in the format ijm-case-file/1. Each comes in "
        "whole or not at all; loading it again brings its case up to date. Positions in lists count from 1."
    )

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or a folder")
        parser.add_argument("--office", help="key of the office for files that name none")
        parser.add_argument("--check", action="store_true", help="compare the figures that each file expects")
        parser.add_argument("--dry-run", action="store_true", help="do everything, then take it back")

    def handle(self, *args, paths, office, check, dry_run, **options):
        files = gather(paths)
        if not files:
            self.stderr.write(_("There is no case file in these places."))
            raise SystemExit(1)
        good = self._without_trace(files, office, check) if dry_run else self._for_good(files, office, check)
        if not good:
            raise SystemExit(1)

    def _for_good(self, files, office, check):
        outcomes = load_all(files, office=office)
        self._report(outcomes)
        if not check:
            return _loaded(outcomes)
        with system_access("loader", "figures are checked"):
            return self._check(outcomes) and _loaded(outcomes)

    def _without_trace(self, files, office, check):
        good = False
        with contextlib.suppress(Undone), system_access("loader", "a dry run") as loader:
            outcomes = load_all(files, office=office, within=loader)
            self._report(outcomes)
            good = (not check or self._check(outcomes)) and _loaded(outcomes)
            raise Undone
        self.stdout.write(_("This was a dry run: nothing was kept."))
        return good

    def _report(self, outcomes):
        words = {
            "loaded": _("loaded"),
            "updated": _("updated"),
            "unchanged": _("unchanged"),
            "refused": _("refused"),
        }
        for outcome in outcomes:
            path, changes = outcome.file.path, outcome.changes
            made = f" (+{changes.created} ~{changes.updated})" if changes.any else ""
            self.stdout.write(f"{path}: {words[outcome.state]}{made}")
            for place in changes.left:
                self.stdout.write(f"{path}: {place}: " + _("was changed here since and stays so"))
            for notice in outcome.notices:
                self.stdout.write(f"{path}: {notice}")
            for fault in outcome.file.faults:
                self.stderr.write(str(fault))

    def _check(self, outcomes):
        there = [outcome for outcome in outcomes if outcome.state != "refused"]
        number_of = {outcome.file.path.resolve(): outcome.number for outcome in there}
        rows = [row for outcome in there for row in findings(outcome, number_of)]
        self._table(rows)
        return all(row.ok for row in rows)

    def _table(self, rows):
        heads = (_("file"), _("figure"), _("expected"), _("got"), _("ok"))
        lines = [(r.file, r.figure, r.expected, r.got, _("ok") if r.ok else _("NO")) for r in rows]
        widths = [min(60, max(map(len, column))) for column in zip(heads, *lines, strict=True)]
        for line in (heads, *lines):
            cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
            self.stdout.write(" | ".join(cells).rstrip())
        said = {"all": len(rows), "wrong": sum(not row.ok for row in rows)}
        self.stdout.write(_("%(all)d figures checked, %(wrong)d differ.") % said)


def _loaded(outcomes):
    return all(outcome.state != "refused" for outcome in outcomes)
