"""The tables that are written by COPY, and the columns that differ from row to row.

Every other column gets what the model gives it by default; see loading.plain_columns.
"""

SCOPE = ("case_id", "office_id", "sensitivity", "created_at", "updated_at")


def sheet(table: str, columns: str) -> tuple[str, tuple[str, ...]]:
    """A table of a case: the key, the scope of the case, and these columns."""
    return table, ("id", *SCOPE, *columns.split())


# In the order in which they are written: what is pointed to stands before what points to it.
SHEETS: dict[str, tuple[str, tuple[str, ...]]] = {
    "case": (
        "cases_case",
        (
            "id", "office_id", "sensitivity", "created_at", "updated_at", "touched_at", "number",
            "casework_type", "title", "summary", "country", "opened_on", "sources", "legal_status",
            "legal_opened_on", "legal_closed_on", "legal_reason", "aftercare_status", "aftercare_opened_on",
            "aftercare_closed_on", "aftercare_reason",
        ),
    ),
    "key": sheet("cases_casekey", "wrapped"),
    "assignment": sheet("cases_assignment", "user_id role started_at ended_at"),
    "track": sheet("cases_trackchange", 'track position status reason "on"'),
    "referral": sheet("cases_referralstep", 'position source target "on"'),
    "grant": sheet("cases_grant", "name starts_on ends_on"),
    "risk": sheet("cases_risknote", 'level "on" note by_id'),
    "note": sheet("cases_note", '"on" text author_id'),
    "task": sheet("cases_task", "title due_on assigned_to_id done_at done_by_id"),
    "operation": sheet(
        "operations_operation", 'key "on" purpose status outcome failure people children relieved arrested'
    ),
    "survivor": sheet(
        "survivors_survivor",
        "key pseudonym gender born birth_year child nationality home language vulnerabilities stance",
    ),
    "age": sheet("survivors_age", 'survivor_id years at "on" estimated'),
    "episode": sheet(
        "survivors_episode", "survivor_id kinds sex industry recruited recruiter control started ended"
    ),
    "relief": sheet("survivors_relief", 'survivor_id "on" how operation_id'),
    "identity": sheet(
        "survivors_identity", "survivor_id own_name latin_name phones address numbers safe_contact"
    ),
    "word": sheet("survivors_identityword", "identity_id kind token"),
    "consent": sheet("survivors_consent", 'survivor_id purpose given "on" giver assent how'),
    "perpetrator": ("prosecutions_perpetrator", ("id", "created_at", "updated_at")),
    "accused": sheet(
        "prosecutions_accused",
        "key perpetrator_id name label aliases standing gender nationality roles position places born_year",
    ),
    "form": sheet("prosecutions_nameform", "accused_id keys due"),
    "arrest": sheet("prosecutions_arrest", 'accused_id "on" operation_id'),
    "custody": sheet("prosecutions_custody", "accused_id position kind starts_on ends_on how_ended"),
    "proceeding": sheet("prosecutions_proceeding", "key kind court judge docket stage opened_on closed_on"),
    "charge": sheet(
        "prosecutions_charge",
        "accused_id proceeding_id offence statute country status filed_on plea",
    ),
    "party": sheet("prosecutions_party", "proceeding_id accused_id"),
    "hearing": sheet(
        "prosecutions_hearing",
        'proceeding_id position "on" local_time starts_at room judge purpose who_goes_id scheduled_at '
        "outcome outcome_at reason asked_by next_on follows_id",
    ),
    "attendance": sheet("prosecutions_attendance", "hearing_id survivor_id called came"),
    "bail": sheet(
        "prosecutions_bailorder",
        "accused_id proceeding_id status applied_on decided_on court conditions surety_low surety_high "
        "surety_currency released_on ended_on ended",
    ),
    "breach": sheet("prosecutions_bailbreach", 'bail_id "on" what'),
    "verdict": sheet(
        "prosecutions_verdict", 'accused_id proceeding_id "on" court result months life overturned_on'
    ),
    "appeal": sheet("prosecutions_appeal", "accused_id by filed_on outcome decided_on"),
    "award": sheet(
        "prosecutions_award", "ordered_on by each_low each_high each_currency payments_known"
    ),
    "share": sheet("prosecutions_awardshare", "award_id survivor_id"),
    "payment": sheet(
        "prosecutions_payment", 'award_id survivor_id kind "on" amount_low amount_high amount_currency'
    ),
    "care": sheet(
        "aftercare_care", "survivor_id worker_id risk arrived_at next_review_on result result_on"
    ),
    "placement": sheet("aftercare_placement", "care_id position kind starts_on ends_on"),
    "plan": sheet("aftercare_plan", 'care_id position "on" review_on reviewed_on agreed_on'),
    "goal": sheet("aftercare_goal", "plan_id position area goal due done_on status"),
    "assessment": sheet("aftercare_assessment", 'care_id position "on" reason assessor_id'),
    "score": sheet("aftercare_score", "assessment_id domain value"),
    "service": sheet("aftercare_service", "care_id kind starts_on cost cost_currency grant_id"),
    "contact": sheet("aftercare_contact", "care_id met_at way reached safe by_id"),
}  # fmt: skip
TABLES = tuple(table for table, _columns in SHEETS.values())
