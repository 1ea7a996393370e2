"""The sealer's share in frozen months: it signs digests that wait, and reads nothing else."""

import uuid

from figures.months import message_of

WAITING = """
SELECT 'counted', s.id, s.digest FROM figures_monthsheet s
 WHERE NOT EXISTS (SELECT 1 FROM figures_monthseal x WHERE x.sheet_id = s.id AND x.what = 'counted')
UNION ALL
SELECT 'signed', w.sheet_id, w.digest FROM figures_monthword w
 WHERE NOT EXISTS (SELECT 1 FROM figures_monthseal x WHERE x.sheet_id = w.sheet_id AND x.what = 'signed')
 LIMIT 1
"""


def seal_month(cursor, signer):
    """Put the house's signature under one digest that waits; whether there was one."""
    cursor.execute(WAITING)
    row = cursor.fetchone()
    if row is None:
        return False
    what, sheet, digest = row
    cursor.execute(
        "INSERT INTO figures_monthseal (id, sheet_id, what, digest, key, signature, sealed_at)"
        " VALUES (%s, %s, %s, %s, %s, %s, clock_timestamp()) ON CONFLICT DO NOTHING",
        [uuid.uuid4(), sheet, what, digest, signer.key_id, signer.sign(message_of(what, digest))],
    )
    return True
