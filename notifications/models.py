from django.db import models


class Beat(models.Model):
    """When a loop last began and last ended well."""

    loop = models.CharField(max_length=20, primary_key=True)
    began_at = models.DateTimeField(null=True)
    ok_at = models.DateTimeField(null=True)
    pid = models.PositiveIntegerField(null=True)

    class Privacy:
        neutral = {"loop", "began_at", "ok_at", "pid"}

    def __str__(self):
        return self.loop
