"""Write who may see and do what into THREAT_MODEL.md: `python -m ijm_cases.role_table`."""

import os
from pathlib import Path

import django

PAGE = Path(__file__).resolve().parent.parent / "THREAT_MODEL.md"
BEGIN, END = "<!-- roles: written by python -m ijm_cases.role_table -->\n", "<!-- roles end -->\n"
# What is seen or done, the verb that reads it, the verb that writes it; one of the two may be missing.
RECORDS = (
    ("case: number, type, tracks, title, summary, referral, links, grants", "VIEW_CASE", "EDIT_CASE"),
    ("open a new case", None, "OPEN_CASE"),
    ("legal track: move it", "VIEW_CASE", "MOVE_LEGAL"),
    ("aftercare track: move it", "VIEW_CASE", "MOVE_AFTERCARE"),
    ("aftercare track: approve its closing", "VIEW_CASE", "CLOSE_AFTERCARE"),
    ("team of the case", "VIEW_CASE", "ASSIGN_CASE"),
    ("who may open the case (sensitivity)", "VIEW_CASE", "SEAL_CASE"),
    ("notes, tasks, risk of the case", "VIEW_CASE", "WRITE_NOTE"),
    ("documents", "VIEW_CASE", "ADD_DOCUMENT"),
    ("documents that identify a survivor (also whoever brought it)", "OPEN_IDENTITY", None),
    ("operations that were carried out, venues, lookouts", "VIEW_OPERATION", "WRITE_OPERATION"),
    ("operations being planned: **people of their circle alone**, with", "VIEW_OPERATION", "WRITE_OPERATION"),
    ("operations: approval of the plan", "VIEW_OPERATION", "APPROVE_OPERATION"),
    ("survivor: pseudonym, ages, exploitation, relief, family, witness", "VIEW_SURVIVOR", "WRITE_SURVIVOR"),
    ("survivor: names, day of birth, home, numbers, phones, address", "OPEN_IDENTITY", "WRITE_IDENTITY"),
    ("survivor: find by name, phone or number", "OPEN_IDENTITY", None),
    ("address of a shelter", "OPEN_SHELTER", None),
    ("therapeutic notes", "VIEW_THERAPY", "VIEW_THERAPY"),
    ("accused: names, aliases, arrests, custody, charges", "VIEW_ACCUSED", "WRITE_ACCUSED"),
    ("proceedings, hearings: schedule", "VIEW_HEARING", "WRITE_HEARING"),
    ("hearings: outcome, wages lost", "VIEW_HEARING", "RECORD_HEARING"),
    ("day of a witness: who testifies, what it needs, what it cost", "VIEW_HEARING", "PLAN_WITNESS"),
    ("bail", "VIEW_HEARING", "WRITE_BAIL"),
    ("verdict, appeal, compensation", "VIEW_HEARING", "WRITE_VERDICT"),
    ("aftercare: plan, placements, services, scores, entitlements", "VIEW_AFTERCARE", "WRITE_AFTERCARE"),
    ("arrival: registering people who were found", None, "REGISTER_ARRIVAL"),
    ("threats against survivors and witnesses", "VIEW_SURVIVOR", "REPORT_THREAT"),
    ("how a survivor may be reached without harm, code word", "OPEN_IDENTITY", "WRITE_IDENTITY"),
    ("homes of the office: kind, places, rules (no address)", "VIEW_AFTERCARE", "MANAGE_HOME"),
    ("instrument of assessments: load, choose (no case data)", "VIEW_AFTERCARE", "MANAGE_INSTRUMENT"),
    ("stories for others: write", "VIEW_SURVIVOR", "WRITE_STORY"),
    ("stories for others: approve (two people)", "VIEW_SURVIVOR", "APPROVE_STORY"),
    ("what survivors ask about their records: write it down", None, "WRITE_SURVIVOR"),
    ("what survivors ask about their records: answer it; her own copy", "WRITE_SURVIVOR", "MANAGE_RIGHTS"),
    ("records whose time is over: keep, anonymise, erase (two people)", None, "MANAGE_RIGHTS"),
    ("dashboard, figures", "VIEW_DASHBOARD", None),
    ("trail of the case", "VIEW_TRAIL", None),
    ("trail of a survivor: who looked at her", "VIEW_SURVIVOR_TRAIL", None),
    ("who did what (no case contents)", "VIEW_PEOPLE_TRAIL", None),
    ("sheet of unusual access", None, "REVIEW_ACCESS"),
    ("open a case in an emergency", None, "BREAK_GLASS"),
    ("exports", None, "EXPORT_DATA"),
    ("batches of records from files: bring in, take back", None, "IMPORT_DATA"),
    ("figures of a month: sign them (no case data)", "VIEW_DASHBOARD", "SIGN_FIGURES"),
    ("definitions of figures, studies (no case data)", "USE_DESK", "SIGN_FIGURES"),
    ("keys of offices elsewhere: add, compare (two people; no case data)", None, "EXPORT_DATA"),
    ("webhooks (no case data)", None, "MANAGE_HOOK"),
    ("share a case with a partner", None, "SHARE_CASE"),
    ("what was shared with oneself", "VIEW_SHARE", None),
    ("people, roles, offices, duty", None, "MANAGE_PEOPLE"),
    ("the machinery of alerts: counts, failures, brakes (no case data)", None, "WATCH_ALERTS"),
    ("alerts: close one by a word, where its rule lets a person", "VIEW_CASE", "DISMISS_ALERT"),
    ("alert rules: tighten those of one's own office", "USE_DESK", "TUNE_ALERTS"),
    ("lookouts of other offices: read the sheet alone, and answer", None, "WATCH_LOOKOUT"),
    ("lookouts: agree that a name is told", None, "APPROVE_LOOKOUT"),
    ("law, courts, travel times (no case data)", "USE_DESK", "MANAGE_LAW"),
)


def cell(verbs, read, write):
    """w: does it; r: reads it; –: neither."""
    names = {verb.name for verb in verbs}
    if write in names:
        return "w"
    return "r" if read in names else "–"


def table():
    """The whole table, in Markdown."""
    from accounts.roles import ROLE_CAN  # noqa: PLC0415, Django must know its settings first

    heads = [role.value.replace("_", " ") for role in ROLE_CAN]
    lines = [f"| what (fields) | {' | '.join(heads)} |", f"| --- |{' --- |' * len(heads)}"]
    for what, read, write in RECORDS:
        cells = [cell(verbs, read, write) for verbs in ROLE_CAN.values()]
        lines.append(f"| {what} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def page(text):
    """The text with the table of today in its place."""
    before, _begin, rest = text.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    return before + BEGIN + table() + END + after


def main():
    """Write it anew."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ijm_cases.settings")
    django.setup()
    PAGE.write_text(page(PAGE.read_text()))


if __name__ == "__main__":
    main()
