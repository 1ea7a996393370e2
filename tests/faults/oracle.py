"""Is what was delivered what was owed? Plain SQL answers, past every lock and every line of the product."""

from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
from psycopg2.extras import NamedTupleCursor

SQL = Path(__file__).parent / "sql"
OWED, TOLD, OUTSIDE, CLOCK = (
    (SQL / f"{name}.sql").read_text() for name in ("owed", "told", "outside", "clock")
)
QUESTIONS = {
    words.partition("\n")[0].strip(): words.partition("\n")[2]
    for words in (SQL / "questions.sql").read_text().split("-- ? ")[1:]
}
MAY_SEE = OWED.partition("-- ====")[0].rstrip().rstrip(",") + (SQL / "may_see.sql").read_text()

GONE = ("accepted", "delivered")
HELD = ("claimed", "sending")
URGENT = ("U-S", "U-C")
LIST = "your list for today"
ASIDE = ("not judged", "later step")


@dataclass
class Verdict:
    """What the oracle found, in numbers and in words."""

    owed: int = 0
    told: int = 0
    missing: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    not_judged: Counter = field(default_factory=Counter)
    messages: int = 0
    copies: int = 0
    unknowns: int = 0
    waiting: int = 0
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def inbox_right(self):
        return not (self.missing or self.extra)

    @property
    def outside_right(self):
        return not (self.lost or self.wrong)

    def words(self):
        parts = [f"owed {self.owed}, told {self.told}"]
        for name in ("missing", "extra", "lost", "wrong"):
            if found := getattr(self, name):
                parts.append(f"{name} ({len(found)}): " + "; ".join(sorted(found)[:8]))
        return "\n".join(parts)


class Oracle:
    """Asks as the superuser: no lock, no view and no function of the product stands between."""

    def __init__(self, url, clock, letterbox):
        self.url, self.clock, self.letterbox = url, clock, letterbox
        self.earlier: set[tuple[str, str]] = set()
        self.run(CLOCK)

    def run(self, sql, facts=None):
        with closing(psycopg2.connect(self.url)) as line, line, line.cursor() as cursor:
            cursor.execute(sql, facts)
            return cursor.fetchall() if cursor.description else []

    def rows(self, sql, facts):
        with (
            closing(psycopg2.connect(self.url, cursor_factory=NamedTupleCursor)) as line,
            line.cursor() as cursor,
        ):
            cursor.execute(sql, facts)
            return cursor.fetchall()

    def owed(self, now):
        return {(who, what): (low, high) for who, what, low, high in self.run(OWED, {"now": now})}

    def told(self):
        return {(who, what): times for who, what, times in self.run(TOLD)}

    def asked(self, name, *facts):
        """The first column of a question of sql/questions.sql."""
        return [row[0] for row in self.run(QUESTIONS[name], facts)]

    def letters_of_cases(self, *users):
        """What came in for these people; the list of the day alone is of no case, and still theirs."""
        of_cases, emails = set(self.asked("of a case")), {user.email for user in users}
        mine = [letter for letter in self.letterbox.letters if letter.to in emails]
        return [letter for letter in mine if LIST not in letter.text or letter.number in of_cases]

    def swept_since(self, moment):
        """Has a whole sweep begun and ended after this moment of our clock?"""
        return bool(self.asked("swept since", moment - self.clock.ahead))

    def judge(self):
        """The whole verdict, as of now."""
        now = self.clock.now()
        verdict = Verdict()
        self.judge_inbox(verdict, now)
        self.judge_outside(verdict, now)
        return verdict

    def judge_inbox(self, verdict, now):
        owed, told = self.owed(now), self.told()
        for what in [what for _who, what in told if what.startswith(("not judged", "later step"))]:
            verdict.not_judged[what] += 1
        told = {
            key: times for key, times in told.items() if not key[1].startswith(("not judged", "later step"))
        }
        verdict.owed = sum(low for low, _high in owed.values())
        verdict.told = sum(told.values())
        # An alert looks for its people when it opens; whoever comes later is reached by its next step.
        opened = {what for _who, what in self.earlier}
        for key, (low, _high) in owed.items():
            if key[1] not in opened and told.get(key, 0) < low:
                verdict.missing.append(f"{key[0][:8]} {key[1]} ({told.get(key, 0)} of {low})")
        for key, times in told.items():
            most = owed[key][1] if key in owed else int(key in self.earlier)
            if times > most:
                verdict.extra.append(f"{key[0][:8]} {key[1]} ({times}, owed {most})")

    def remember(self):
        """What is owed now stays right to have been told when the clock or the facts move on."""
        self.earlier |= {key for key, (_low, high) in self.owed(self.clock.now()).items() if high}

    def judge_outside(self, verdict, now):
        rows, copies = self.rows(OUTSIDE, {"now": now}), self.letterbox.copies()
        allowed = set(self.run(MAY_SEE, {"now": now}))
        sent = {row.item for row in rows if has_left(row, copies)}
        excused = {row.item for row in rows if row.over or (row.case and (row.case, row.who) not in allowed)}
        waits = {row.item for row in rows if row.rests}
        verdict.waiting = len(waits - sent)
        settled = sent | excused | waits  # once: made anew for each row it outlived the test of many
        verdict.lost += [
            f"{row.urgency} item {row.item[:8]} never left ({row.state} {row.reason})"
            for row in rows
            if row.item not in settled
        ]
        by_mail = [row for row in rows if row.channel == "mail" and row.message]
        verdict.lost += [
            f"message {row.message} is said to be handed over and never came"
            for row in by_mail
            if row.state in GONE and not copies[row.message]
        ]
        held = {row.message for row in rows if row.state in HELD}
        verdict.wrong += [f"message {message} is still in somebody's hands" for message in held]
        self.judge_letters(verdict, copies, by_mail)

    def judge_letters(self, verdict, copies, by_mail):
        """What came in is what was sent, and came twice only where that is written down beforehand."""
        unknowns, known = Counter(), {row.message: row for row in by_mail}
        for row in by_mail:
            unknowns[row.message] = max(unknowns[row.message], row.unknowns)
        verdict.messages, verdict.unknowns = len(copies), unknowns.total()
        verdict.copies = copies.total() - len(copies)
        for number, times in copies.items():
            if number not in known:
                verdict.wrong.append(f"letter {number} is of no delivery")
            elif times - 1 > unknowns[number]:
                verdict.wrong.append(f"letter {number} came {times} times, unknowns {unknowns[number]}")
        for letter in self.letterbox.letters:
            row = known.get(letter.number)
            if row and (letter.to != row.email or row.code not in letter.text):
                verdict.wrong.append(f"letter {letter.number} went to somebody else or bears another code")


def has_left(row, copies):
    """Handed over; or perhaps, and it did come in."""
    return row.state in GONE or (row.state == "unknown" and copies[row.message or ""] > 0)
