"""The accused, and the way through the courts: arrest, custody, bail, hearings that are put off, verdicts."""

from desk.making import road
from desk.making.pen import NOTHING, Pen, day, listed
from prosecutions.matching.keys import keys_of_all

REASONS = {
    "judge_absent": 20, "witness_absent": 14, "court_too_busy": 13, "prosecutor_absent": 9,
    "defence_absent": 9, "accused_not_produced": 8, "summons_not_served": 7, "lawyer_strike": 5,
    "public_holiday": 4, "file_missing": 4, "evidence_not_ready": 3, "new_counsel": 2,
    "survivor_unwell": 1, "interpreter_missing": 1,
}  # fmt: skip
ASKED = {
    "judge_absent": "court",
    "court_too_busy": "court",
    "defence_absent": "defence",
    "witness_absent": "prosecution",
}
PURPOSES = (
    "arraignment",
    "pre_trial",
    "evidence",
    "survivor_testimony",
    "witness_testimony",
    "evidence",
    "argument",
)
POSITIONS = {
    "osec": ("facilitator", "online_customer", "accomplice"),
    "csec": ("pimp", "brothel_owner", "madam", "recruiter"),
    "bonded_labour": ("kiln_owner", "factory_owner", "henchman"), "sexual_violence": ("abuser",),
    "child_labour_slavery": ("boat_master", "recruiter", "transporter"),
}  # fmt: skip
OFFENCES = {
    "osec": "Online sexual abuse of children", "bonded_labour": "Bonded labour",
    "sexual_violence": "Rape of a child", "child_labour_slavery": "Trafficking of a child for labour",
}  # fmt: skip
TERMS = ("Report to the police every Monday", "Stay away from the survivors and their families",
         "Surrender the passport", "Do not leave the province")  # fmt: skip
DECISIONS = {"GRANTED": 45, "BREACHED": 5, "REFUSED": 42, "WITHDRAWN": 8}
NO_TERMS = ("{}", None, None, "", "", "", "")
HOURS = ("08:30", "09:00", "09:30", "10:00", "10:30", "11:00", "13:30", "14:00")
UNSAID = ("", NOTHING, "", "", "")  # what happened: nobody knows yet


class Trial:
    """What one accused needs to know of the proceeding."""

    def __init__(self, key=None, opened=None, ended=None, court=""):
        self.key, self.opened, self.ended, self.court = key, opened, ended, court


def prosecute(pen: Pen, tale, operation, survivors) -> None:
    """Everybody accused, the one proceeding against them, and what became of each."""
    if not tale.accused:
        return
    keys = [accused(pen, tale, place) for place in range(1, tale.accused + 1)]
    if tale.relieved is None:
        return
    arrested_on = tale.relieved + int(pen.luck.expovariate(1 / 12))
    charged_on = arrested_on + pen.spell(3.6, 0.6, 300)
    road.goes_on(tale, charged_on, "pre_trial")
    trial = Trial()
    if charged_on <= tale.today and arrested_on <= tale.today:
        trial = hold(pen, tale, charged_on, survivors)
        for key in keys:
            pen.put("party", pen.key(), tale.scope, trial.key, key)
    fates = [fate(pen, tale, key, operation, arrested_on, trial) for key in keys]
    close(pen, tale, trial, fates, survivors)


def accused(pen: Pen, tale, place: int) -> str:
    """One accused person, and the keys of sound that find her in other cases."""
    key, human, culture = pen.key(), pen.key(), tale.place.culture
    stamp = f"{day(tale.opened)} 04:00+00"
    pen.put("perpetrator", human, stamp, stamp)
    woman = pen.often(0.3)
    words = [pen.common(culture.girls if woman else culture.boys)]
    words += [pen.common(culture.families) for _turn in range(culture.families_each)]
    own, latin = (" ".join(word[form] for word in words) for form in (0, 1))
    aliases = [own] if own != latin else [pen.common(culture.boys)[1]] if pen.often(0.15) else []
    standing = "accused" if pen.often(0.88) else "suspect"
    pen.put(
        "accused", key, tale.scope, f"p{place}", human, latin, "", listed(aliases), standing,
        "Feminine" if woman else "Masculine", listed([tale.place.country]), "{}",
        pen.common(POSITIONS.get(tale.casework, ("recruiter", "transporter", "accomplice"))),
        listed([tale.place.name]) if pen.often(0.5) else "{}",
        1955 + int(pen.luck.random() * 48) if pen.often(0.4) else None,
    )  # fmt: skip
    # Nobody compares them with other offices anew: the worker would have a million people to look at.
    pen.put("form", pen.key(), tale.scope, key, listed(keys_of_all([latin, *aliases])), False)
    return key


def hold(pen: Pen, tale, opened: int, survivors) -> Trial:
    """The proceeding with its hearings: streaks of adjournments, and now and then a step forwards."""
    court = tale.place.court.format(pen.between(1, 40))
    trial = Trial(pen.key(), opened, court=court)
    judge = f"Judge {pen.common(tale.place.culture.families)[1]}"
    wanted = pen.spell(2.5, 0.95, 400)
    now = opened + pen.between(5, 45)
    road.goes_on(tale, now, "trial")
    last = hearings(pen, tale, trial, judge, wanted, now, survivors)
    trial.ended = last
    stage = "closed" if last else "trial" if now <= tale.today else "pre_trial"
    docket = f"CRIM-{tale.place.letters}-{pen.between(10**5, 10**6)}"
    pen.put(
        "proceeding",
        trial.key,
        tale.scope,
        "c1",
        "criminal_trial",
        court,
        judge,
        docket,
        stage,
        day(opened),
        day(last),
    )
    return trial


def hearings(pen: Pen, tale, trial: Trial, judge: str, wanted: int, now: int, survivors) -> int | None:
    """All hearings until today and the next one; the day of the last when the trial is over."""
    random, rows, today, offset = pen.luck.random, pen.lines["hearing"], tale.today, tale.place.offset
    mine = f"{tale.scope}\t{trial.key}"
    said = [f"Room {pen.between(1, 9)}", judge]
    before, reason, held, outcome = NOTHING, "", 0, ""
    for place in range(1, wanted + 1):
        key, gap = pen.key(), 7 + int(random() * 45) + (60 if random() < 0.06 else 0)
        purpose = "judgment" if place == wanted else PURPOSES[min(held, 6)]
        hour, on, outcome, happened = HOURS[int(random() * 8)], day(now), "", UNSAID
        if now <= today and (now <= today - 6 or random() > 0.2):  # of the last days not all are written down
            reason = put_off(pen, reason) if place < wanted else ""
            outcome = "adjourned" if reason else "held" if random() < 0.7 else "part_heard"
            held += not reason
            next_on = day(now + gap) if reason else ""
            happened = (outcome, f"{on} 16:30{offset}", reason, ASKED.get(reason, ""), next_on)
        rows.append(
            "\t".join(
                (key, mine, str(place), on, hour, f"{on} {hour}{offset}", *said, purpose, tale.team["lawyer"],
                 f"{day(max(now - gap, trial.opened))} 08:00+00", *happened, before)
            )
        )  # fmt: skip
        if purpose == "survivor_testimony" and survivors:
            came = outcome in ("held", "part_heard")
            pen.put("attendance", pen.key(), tale.scope, key, pen.one(survivors[:3]), True, came)
        if now > today:
            return None
        before, now = key, now + gap
    return now - gap if outcome else None


def put_off(pen: Pen, before: str) -> str:
    """Why this hearing is put off as well; '' when it is held. What failed once fails again."""
    if not pen.often(0.72 if before else 0.4):
        return ""
    return before if before and pen.often(0.45) else pen.weighed(REASONS)


def fate(pen: Pen, tale, key: str, operation, arrested_on: int, trial: Trial) -> str:
    """Arrest, custody, bail and judgment of one of them; what the court decided, or ''."""
    if arrested_on > tale.today or not pen.often(0.85):
        return ""
    pen.put("arrest", pen.key(), tale.scope, key, day(arrested_on), operation)
    result = pen.weighed({"convicted": 62, "acquitted": 30, "dismissed": 8}) if trial.ended else ""
    if trial.key:
        charge(pen, tale, key, trial, result)
    out = bail(pen, tale, key, arrested_on, trial, result)
    left, how = trial.ended, "sentenced" if result == "convicted" else "acquitted"
    if out:
        left, how = out, "bail"
    spell = (day(arrested_on), day(left), how if left else "")
    pen.put("custody", pen.key(), tale.scope, key, 1, "remand", *spell)
    if result:
        judge(pen, tale, key, trial, result)
    return result


def charge(pen: Pen, tale, key: str, trial: Trial, result: str) -> None:
    """One charge by the law of the place."""
    offence = OFFENCES.get(tale.casework, "Trafficking in persons")
    plea = "guilty" if result == "convicted" and pen.often(0.2) else "not_guilty" if trial.ended else ""
    law = (offence, tale.place.statute, tale.place.country, "decided" if result else "filed")
    pen.put("charge", pen.key(), tale.scope, key, trial.key, *law, day(trial.opened), plea)


def bail(pen: Pen, tale, key: str, arrested_on: int, trial: Trial, result: str) -> int | None:
    """Bail of one person; the day on which it let her out of custody."""
    asked = arrested_on + pen.spell(3.2, 0.8, 500)
    if not trial.key or asked < trial.opened or asked > (trial.ended or tale.today) or not pen.often(0.6):
        return None
    row, status, decided = pen.key(), pen.weighed(DECISIONS), asked + pen.between(3, 30)
    if asked + 30 > min(tale.today, trial.ended or tale.today):
        status = "WITHDRAWN" if trial.ended else "SOUGHT"
        pen.put("bail", row, tale.scope, key, trial.key, status, day(asked), "", trial.court, *NO_TERMS)
        return None
    if status not in ("GRANTED", "BREACHED"):
        pen.put(
            "bail", row, tale.scope, key, trial.key, status, day(asked), day(decided), trial.court, *NO_TERMS
        )
        return None
    if status == "BREACHED":
        pen.put("breach", pen.key(), tale.scope, row, day(asked + 31), "Did not report to the police")
    money = f"{tale.place.surety * pen.between(1, 8)}.00"
    terms = listed(sorted({pen.one(TERMS) for _turn in range(3)}))
    ended = ("convicted" if result == "convicted" else "acquitted") if trial.ended else ""
    facts = ("ENDED" if ended else status, day(asked), day(decided), trial.court, terms)
    surety = (money, money, tale.place.currency)
    pen.put("bail", row, tale.scope, key, trial.key, *facts, *surety, day(decided), day(trial.ended), ended)
    return decided


def judge(pen: Pen, tale, key: str, trial: Trial, result: str) -> None:
    """The verdict, its sentence, and an appeal now and then."""
    convicted = result == "convicted"
    months, life = pen.spell(4.4, 0.7, 480), convicted and pen.often(0.12)
    overturned = None
    if convicted and pen.often(0.2):
        filed, decided = trial.ended + pen.between(5, 30), trial.ended + pen.spell(6.0, 0.5, 1500)
        outcome = pen.weighed({"dismissed": 70, "sentence_reduced": 18, "allowed": 12})
        if filed <= tale.today:
            over = decided <= tale.today
            overturned = decided if over and outcome == "allowed" else None
            pen.put(
                "appeal",
                pen.key(),
                tale.scope,
                key,
                "accused",
                day(filed),
                outcome if over else "pending",
                day(decided) if over else "",
            )
    pen.put("verdict", pen.key(), tale.scope, key, trial.key, day(trial.ended), trial.court, result,
            str(months) if convicted and not life else "", life, day(overturned))  # fmt: skip
    if convicted:
        pen.put("custody", pen.key(), tale.scope, key, 2, "sentence", day(trial.ended), day(overturned),
                "acquitted" if overturned else "")  # fmt: skip


def close(pen: Pen, tale, trial: Trial, fates, survivors) -> None:
    """What the legal track makes of it: judgment, enforcement, the end; and money for survivors."""
    if not trial.ended:
        if trial.key is None and pen.often(0.5):
            road.goes_on(tale, tale.opened + 900, "closed", pen.weighed(road.ENDS))
        return
    road.goes_on(tale, trial.ended, "judgment")
    convicted = "convicted" in fates
    if convicted and survivors and pen.often(0.4):
        award(pen, tale, trial, survivors)
        road.goes_on(tale, trial.ended + 30, "enforcement")
    if pen.often(0.9):  # after enforcement, if there is any
        reason = "convicted" if convicted else "acquitted" if any(fates) else "other"
        road.goes_on(tale, trial.ended + 30 + pen.spell(4.3, 0.9, 1200), "closed", reason)


def award(pen: Pen, tale, trial: Trial, survivors) -> None:
    """Compensation for each survivor; most of it is never paid."""
    row, each = pen.key(), f"{tale.place.surety * pen.between(1, 20)}.00"
    paid = [survivor for survivor in survivors if pen.often(0.3)]
    coin = tale.place.currency
    pen.put("award", row, tale.scope, day(trial.ended), trial.court, each, each, coin, bool(paid))
    for survivor in survivors:
        pen.put("share", pen.key(), tale.scope, row, survivor)
    for survivor in paid:
        on = day(min(trial.ended + pen.spell(5.2, 0.8, 2000), tale.today))
        pen.put("payment", pen.key(), tale.scope, row, survivor, "received", on, each, each, coin)
