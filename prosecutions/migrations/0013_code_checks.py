from django.db import migrations

from reference.code_checks import recheck


class Migration(migrations.Migration):
    """The columns learn the codes that their lists have gained."""

    dependencies = [("prosecutions", "0012_clock_moves")]

    operations = [
        recheck("prosecutions.Clock", "state"),
        recheck("prosecutions.Hearing", "outcome"),
    ]
