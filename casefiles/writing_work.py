"""The case itself and the work around it: tracks, ties, places, operations, head-counts, lookouts."""

from accounts.models import Office
from casefiles import parts
from casefiles.telling import known, moment_out
from cases.models import Agency, CaseLink, CaseMilestone, Grant, Note, ReferralStep, TrackChange
from cases.states import Sensitivity
from operations.models import (
    Headcount,
    Investigation,
    Lookout,
    Operation,
    OperationAsset,
    OperationSite,
    OperationTally,
    Route,
    RouteLeg,
    Venue,
)
from survivors.models import HeadcountMember, Kinship, MissingPerson, Survivor

SURROUNDINGS = (
    ("agencies", Agency, parts.AGENCY),
    ("venues", Venue, parts.VENUE),
    ("investigations", Investigation, parts.INVESTIGATION),
)


def case_part(told):
    """The part `case`: who works it, how it came, its two tracks."""
    case = told.case
    head = {"number": case.number, "office": case.office.key, **told.part(case, parts.CASE)}
    if case.sensitivity == Sensitivity.SEALED:
        head["sealed"] = True
    return known(
        {
            **head,
            "referral": listed(told, ReferralStep, parts.REFERRAL, "position"),
            "donors": listed(told, Grant, parts.GRANT),
            "milestones": listed(told, CaseMilestone, parts.CASE_MILESTONE),
            "legal": track_part(told, "legal"),
            "aftercare": track_part(told, "aftercare"),
        }
    )


def track_part(told, track):
    """The state of one track and how it came there; {} where it never started."""
    if not getattr(told.case, f"{track}_status"):
        return {}
    state = {source: told.value(told.case, f"{track}_{name}") for name, source in parts.TRACK.items()}
    changes = told.under(TrackChange, "track", track, "position")
    return known({**state, "history": [told.part(row, parts.TRACK_CHANGE) for row in changes]})


def listed(told, model, fields, *order):
    """Every row of this kind as a list."""
    return [told.part(row, fields) for row in told.rows(model, *order)]


def write(told, document):
    document["links"] = listed(told, CaseLink, parts.LINK)
    document["notes"] = listed(told, Note, parts.NOTE_OF_CASE)
    for section, model, fields in SURROUNDINGS:
        document[section] = {row.key: told.part(row, fields) for row in told.rows(model, "key")}
    document["routes"] = {
        row.key: told.part(row, parts.ROUTE, legs=legs(told, row)) for row in told.rows(Route, "key")
    }
    document["operations"] = {row.key: operation_part(told, row) for row in told.rows(Operation)}
    document["headcounts"] = {row.key: headcount_part(told, row) for row in told.rows(Headcount)}
    document["lookouts"] = [lookout_part(told, row) for row in told.rows(Lookout)]


def legs(told, route):
    return [told.part(leg, parts.LEG) for leg in told.under(RouteLeg, "route_id", route.pk, "position")]


def operation_part(told, row):
    """One attempt with its sites, assets, running counts and the people it missed."""
    missed = told.under(MissingPerson, "operation_id", row.pk)
    sites = told.under(OperationSite, "operation_id", row.pk, "position")
    return told.part(
        row,
        parts.OPERATION,
        date=moment_out(row.on, row.local_time),
        follows=told.key(Operation, row.follows_id),
        counts=counts_part(told, row),
        sites=[site_part(told, site) for site in sites],
        assets=[told.part(a, parts.ASSET) for a in told.under(OperationAsset, "operation_id", row.pk)],
        tally=[
            told.part(tally, parts.TALLY, counts=counts_part(told, tally))
            for tally in told.under(OperationTally, "operation_id", row.pk, "position")
        ],
        missing=[key for one in missed if (key := told.key(Survivor, one.survivor_id))],
    )


def site_part(told, site):
    return told.part(site, parts.SITE, venue=told.key(Venue, site.venue_id), counts=counts_part(told, site))


def counts_part(told, row):
    """The numbers of one head-count."""
    return told.part(row, parts.COUNTS, note=row.counts_note)


def headcount_part(told, row):
    members = told.under(HeadcountMember, "headcount_id", row.pk)
    return told.part(
        row,
        parts.HEADCOUNT,
        operation=told.key(Operation, row.operation_id),
        venue=told.key(Venue, row.venue_id),
        includes=[key for one in members if (key := told.key(Survivor, one.survivor_id))],
        family=family_of(told, row.key),
    )


def family_of(told, key):
    """Who is related to this person or group."""
    return [told.part(kin, parts.KIN) for kin in told.under(Kinship, "of", key)]


def lookout_part(told, row):
    office = Office.objects.filter(pk=row.to_office_id).first() if row.to_office_id else None
    return told.part(row, parts.LOOKOUT, to_office=office.key if office else row.to_office_key)
