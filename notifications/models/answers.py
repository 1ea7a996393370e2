from django.db import models

from notifications.states import Said
from reference.fields import CodeField


class Answer(models.Model):
    """Somebody wrote back to a message, once. Neither the number nor the words are kept.

    `sender` is the blind index of the number, so that tries can be counted; nobody can go back from it.
    """

    provider = models.CharField(max_length=20)
    event_ref = models.CharField(max_length=80)
    sender = models.BinaryField(editable=False)
    result = CodeField(choices=Said)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="answer_once", fields=["provider", "event_ref"])]
        indexes = [models.Index(name="answer_tries", fields=["sender", "received_at"])]

    class Privacy:
        sensitive = {"sender"}
        neutral = {"id", "provider", "event_ref", "result", "received_at"}

    def __str__(self):
        return f"{self.provider} {self.event_ref}"
