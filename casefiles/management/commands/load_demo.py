from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.demo import make_people
from casefiles import demo, demo_care
from casefiles.loading import gather, load_all
from figures.known_studies import load_known_studies
from law.demo import make_courts

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


class Command(BaseCommand):
    """Offices, people and cases of the demonstration, then facts of today. Harmless to repeat."""

    help = "Load the demonstration: offices, people, example cases, and facts made today"

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("The demonstration is loaded only where the services are the embedded ones.")
        demo.make_offices()
        make_people()
        make_courts()
        outcomes = load_all(gather([EXAMPLES]), office=None)
        for outcome in outcomes:
            for fault in outcome.file.faults:
                self.stderr.write(str(fault))
        if any(outcome.file.faults for outcome in outcomes):
            raise CommandError("An example file could not be loaded.")
        demo.name_teams()
        demo.name_circles()
        demo.name_duty()
        demo.live_facts(timezone.now())
        demo_care.show(timezone.now())
        load_known_studies()
        self.stdout.write(f"{len(outcomes)} example cases, and facts made today.")
