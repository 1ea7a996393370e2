from django.core.management.base import BaseCommand, CommandError

from cases.sealing import renew_data_keys
from reference import sealed


class Command(BaseCommand):
    help = (
        "Put a new master key in use and bring every data key under it, while everything runs. "
        "Broken off, it is typed again and goes on where it stopped. Keep the ring of each backup: "
        "an older backup opens with the master key of its own time alone."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--forget-old", action="store_true", help="take the old master keys out of the ring and end"
        )
        parser.add_argument(
            "--data-keys", action="store_true", help="give the cases new data keys too, and seal all anew"
        )
        parser.add_argument("--case", metavar="NUMBER", help="with --data-keys: this case alone")

    def handle(self, *args, forget_old, data_keys, case, **options):
        if data_keys:
            self.say("%d values sealed anew", renew_data_keys(case))
        elif forget_old:
            self.forget()
        elif done := self.rewrap_everything():
            self.say("A rotation that was broken off is finished: %d keys", done)
        else:
            sealed.keep(sealed.ring().with_new_master())
            self.say("%d keys are under the new master key", self.rewrap_everything())

    def rewrap_everything(self):
        """Until nothing is left: a process may have wrapped something while we were going round."""
        total = 0
        while done := sum(rewrap() for rewrap in sealed.rewraps().values()):
            total += done
        return total

    def forget(self):
        if left := self.rewrap_everything():
            raise CommandError(f"{left} keys were still under an old master key. Look again tomorrow.")
        sealed.keep(sealed.ring().without_old_masters())
        self.say("Master key %d is the only one in the ring", sealed.ring().current)

    def say(self, words, number):
        self.stdout.write(words % number)
