"""Ways to break the alerts on purpose, each with why it would be wrong; the oracle must notice every one."""

DEPUTIES = f"{' ' * 16}for told in (user, *self.deputies.get(user, ()))"

# Why it would be wrong, file, what stands there, what is put there.
BREAKS = [
    (
        "handed over is written down before the call: killed in between, it is lost",
        "notifications/actions/delivery.py",
        "SET state = 'sending',",
        "SET state = 'accepted', accepted_at = %(now)s,",
    ),
    (
        "nobody looks again before sending: whoever left meanwhile is written to",
        "notifications/actions/delivery.py",
        'reasons[row["pk"]] = reason or ("" if reached(row) else GONE)',
        'reasons[row["pk"]] = ""',
    ),
    (
        "what may have been sent goes back as if it never had: a copy that nobody owned to",
        "notifications/actions/claiming.py",
        "mark_unknown(held[DeliveryState.SENDING], now=now)",
        "to_queue(held[DeliveryState.SENDING], now) if held[DeliveryState.SENDING] else None",
    ),
    (
        "the leases of the dead never end",
        "notifications/actions/claiming.py",
        "gone = Delivery.objects.overtaken(now)",
        "gone = Delivery.objects.overtaken(now).none()",
    ),
    (
        "an alert has no key of its own, and sweeps take no turns: several sweeps open it several times",
        "notifications/actions/openings.py",
        'return f"{rule}:{event.subject_id}:e{event.pk}:{case.pk}"',
        'import uuid; return f"{rule}:{event.subject_id}:{uuid.uuid4()}"',
    ),
    (
        "deputies are forgotten",
        "notifications/recipients.py",
        f"{DEPUTIES}:\n{' ' * 20}if told in allowed:",
        f"{' ' * 16}for told in (user,):\n{' ' * 20}if told in allowed:",
    ),
    (
        "whoever has a role hears, whether she may see the case or not",
        "notifications/recipients.py",
        "                    if told in allowed:",
        "                    if told:",
    ),
    (
        "teams of other files are not told of a release",
        "notifications/actions/facts.py",
        'yield from elsewhere(event, bail.accused, "B4",',
        'yield from () and elsewhere(event, bail.accused, "B4",',
    ),
    (
        "reminders go to who goes, and the paralegal is forgotten",
        "notifications/actions/reminding.py",
        "ELSE a.step <> 'd0' END",
        "ELSE false END",
    ),
    (
        "seven days before is eight days before",
        "notifications/actions/reminders.py",
        "Offset.T7: 7",
        "Offset.T7: 8",
    ),
]  # fmt: skip
