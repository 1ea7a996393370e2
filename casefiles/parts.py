"""Which field of the format each field of a model holds. A test sees to it that nothing of the schema has
no home.

`names("kind court")` are fields called the same in both; `on="date"` says that the model's `on` is the
file's `date`.
"""

from operations.models import Counts


def names(words, **renamed):
    """Field of the model -> field of the file."""
    return {**{word: word for word in words.split()}, **renamed}


ON = {"on": "date"}
NOTE = names("note")
COUNTS = names(" ".join(Counts.NUMBERS) + " youngest youngest_exploited oldest")

CASE = names("title summary country opened_on led_by supported_by", casework_type="type")
TRACK = names("status opened_on closed_on reason note")
REFERRAL = names("note", source="from", target="to", **ON)
GRANT = names("name through note", starts_on="from", ends_on="to")
CASE_MILESTONE = names("what note", **ON)
TRACK_CHANGE = names("status reason note", **ON)
LINK = names("kind outside through note", number="case", **ON)
NOTE_OF_CASE = names("about text", **ON)

AGENCY = names("name kind country locality part_of partner trained_on note")
VENUE = names(
    "kind name ref locality area country network run_by inside opened_on closed_on closed_why moved_to note"
)
ROUTE = names("who note")
LEG = names(
    "by escorted_by handed_from handed_to price money_changed_hands border stage note",
    source="from",
    target="to",
    **ON,
)
INVESTIGATION = names(
    "months led_by assisted_by undercover result about note", starts_on="from", ends_on="to"
)
OPERATION = names(
    "attempt purpose status outcome failure planning planning_days simultaneous led_by overseen_by "
    "assisted_by undercover expected relieved arrested care_on_site note"
)
SITE = names("arrested note")
ASSET = names("kind use number fault note")
TALLY = names("at note")
HEADCOUNT = {
    **COUNTS,
    **names("label what relieved by nationality exploitation industry control note", **ON),
}
LOOKOUT = names("about why closed_on result note", to_agency="to", **ON)

SURVIVOR = names(
    "pseudonym label gender born child nationality home language schooling vulnerabilities dependant note"
)
WITNESS = names("stance testified testified_on in_court_at_verdict", witness_note="note")
AGE = names("years months at by estimated note", **ON)
EPISODE = names(
    "kinds sex industry apps venues by recruited promise recruiter relationship control hours_per_day quota "
    "conditions started ended months years prevented born_into note"
)
RELIEF = names("how at by note", **ON)
RECAPTURE = {
    "recaptured_on": "date",
    "recaptured_by": "by",
    "recaptured_how": "how",
    "recaptured_note": "note",
}
STATEMENT = names("round by result language names presence note", **ON)
CONSENT = names("given by to until withdrawn_on note", purpose="for", **ON)
HEALTH = names("what age child note", **ON)
KIN = names("who role note", relation="is")

NETWORK = names("name ref nationality members venues active_since active_years dismantled_on note")
ACCUSED = names("name label aliases standing gender nationality ages roles position role_details note")
ARREST = names("by at note", **ON)
CUSTODY = names("kind days months at note", starts_on="from", ends_on="to", over="ended")
CHARGE = names("offence statute section country attempted status filed_on plea plea_on plea_bargain note")
BAIL = names("kind applied_on decided_on opposed_by conditions surety ended_on ended note", court="by")
BREACH = names("what note", **ON)
REOFFENCE = {
    "reoffended_on": "date", "reoffended_case": "case", "reoffended_venue": "venue",
    "reoffended_note": "note",
}  # fmt: skip
VERDICT = names("court result after_plea overturned_on note", charge_positions="charges", **ON)
SENTENCE = names("months life fine suspended served_months", sentence_on="date", sentence_note="note")
APPEAL = names("by filed_on court outcome decided_on months note")
PROCEEDING = names("kind court docket stage fast_track opened_on closed_on years times_postponed note")
HEARING = names("purpose outcome reason asked_by wages_lost whose_wages note")
AWARD = names("against ordered_on by each total about note")
PAYMENT = names("amount note", **ON)

CARE = names("wishes next_review_on note", worker_words="social_worker")
OUTCOME = names("result basis", result_on="date", result_note="note")
PLACEMENT = names("kind at note", starts_on="from", ends_on="to", over="ended", placed_with="with")
PLAN = names("by review_on reviewed_on note", **ON)
GOAL = names("area goal due done_on status note")
ASSESSMENT = names("reason by setting note", **ON)
SERVICE = names("kind by note", starts_on="from", ends_on="to")
ENTITLEMENT = names("scheme by granted applied_on granted_on paid paid_on status document note")
CARE_MILESTONE = names("what note", **ON)
