import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts import demo


class Command(BaseCommand):
    """Print the sign-ins of the demonstration."""

    help = "Print the sign-ins of the demonstration"

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="as JSON, for programs")

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("There are demo accounts only where the services are the embedded ones.")
        people = demo.people()
        if options["json"]:
            self.stdout.write(json.dumps(people, indent=1))
            return
        self.stdout.write(f"All with the password {demo.PASSWORD}")
        for person in people:
            roles = ", ".join(
                f"{held['role']}{' ' + held['office'] if held['office'] else ''}"
                for held in person["memberships"][:2]
            )
            more = f" and {len(person['memberships']) - 2} more" if len(person["memberships"]) > 2 else ""
            self.stdout.write(f"  {person['email']:44} {roles}{more}")
