"""From a checked document to the records of its case; this file: the case itself and the work around it."""

from casefiles import building_care, building_courts, building_people, parts
from casefiles.records import Records, value_of
from casefiles.when import moment
from cases.models import Agency, CaseLink, CaseMilestone, Grant, Note, ReferralStep, TrackChange
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
from survivors.models import HeadcountMember, MissingPerson


def records_of(document, case_id, office, offices):
    """Every record of the file, in an order in which they may be written."""
    made = Records(case_id, document)
    for build in (
        _chain,
        _tracks,
        _ties,
        _surroundings,
        _operations,
        _headcounts,
    ):
        build(made)
    _lookouts(made, offices)
    building_people.build(made)
    _members(made)
    building_courts.build(made, office)
    building_care.build(made)
    return made.all


def numbered(part, name):
    """The items of a list with their positions, from 1."""
    return enumerate(part.get(name, ()), 1)


def _chain(made):
    case = made.document["case"]
    for position, step in numbered(case, "referral"):
        made.add(ReferralStep, ("referral", position), step, parts.REFERRAL, position=position)
    for position, grant in numbered(case, "donors"):
        made.add(Grant, ("donors", position), grant, parts.GRANT)
    for position, milestone in numbered(case, "milestones"):
        made.add(CaseMilestone, ("milestones", position), milestone, parts.CASE_MILESTONE)


def _tracks(made):
    for track in ("legal", "aftercare"):
        for position, change in numbered(made.document["case"].get(track, {}), "history"):
            where = ("case", track, "history", position)
            made.add(TrackChange, where, change, parts.TRACK_CHANGE, track=track, position=position)


def _ties(made):
    for position, link in numbered(made.document, "links"):
        made.add(CaseLink, ("links", position), link, parts.LINK)
    for position, note in numbered(made.document, "notes"):
        made.add(Note, ("notes", position), note, parts.NOTE_OF_CASE)


def _surroundings(made):
    document = made.document
    for section, model, fields in (
        ("agencies", Agency, parts.AGENCY),
        ("venues", Venue, parts.VENUE),
        ("routes", Route, parts.ROUTE),
        ("investigations", Investigation, parts.INVESTIGATION),
    ):
        for key, part in document.get(section, {}).items():
            made.add(model, (section, key), part, fields, key=key)
    for key, route in document.get("routes", {}).items():
        for position, leg in numbered(route, "legs"):
            made.add(
                RouteLeg,
                ("routes", key, "legs", position),
                leg,
                parts.LEG,
                route_id=made.to("routes", key),
                position=position,
            )


def _operations(made):
    for key, part in made.document.get("operations", {}).items():
        where = ("operations", key)
        on, local_time = moment(part.get("date"))
        made.add(
            Operation,
            where,
            part,
            parts.OPERATION,
            key=key,
            on=on,
            local_time=local_time,
            follows_id=made.to("operations", part.get("follows")),
            **_counts(made, Operation, part.get("counts", {})),
        )
        _around(made, where, part)


def _counts(made, model, counts):
    """The numbers of one head-count, and what is noted about them."""
    filled = {"counts_note": counts.get("note", "")}
    for name, source in parts.COUNTS.items():
        filled |= value_of(model, name, counts.get(source))
    return filled


def _around(made, where, part):
    """Sites, assets, running counts and missing people of one operation."""
    operation_id = made.pk(*where)
    for position, site in numbered(part, "sites"):
        made.add(
            OperationSite,
            (*where, "sites", position),
            site,
            parts.SITE,
            operation_id=operation_id,
            venue_id=made.to("venues", site["venue"]),
            position=position,
            **_counts(made, OperationSite, site.get("counts", {})),
        )
    for position, asset in numbered(part, "assets"):
        made.add(OperationAsset, (*where, "assets", position), asset, parts.ASSET, operation_id=operation_id)
    for position, tally in numbered(part, "tally"):
        made.add(
            OperationTally,
            (*where, "tally", position),
            tally,
            parts.TALLY,
            operation_id=operation_id,
            position=position,
            **_counts(made, OperationTally, tally["counts"]),
        )


def _headcounts(made):
    for key, part in made.document.get("headcounts", {}).items():
        made.add(
            Headcount,
            ("headcounts", key),
            part,
            parts.HEADCOUNT,
            key=key,
            operation_id=made.to("operations", part.get("operation")),
            venue_id=made.to("venues", part.get("venue")),
        )


def _lookouts(made, offices):
    for position, part in numbered(made.document, "lookouts"):
        key = part.get("to_office", "")
        made.add(
            Lookout,
            ("lookouts", position),
            part,
            parts.LOOKOUT,
            to_office_id=offices.get(key),
            to_office_key="" if key in offices else key,
        )


def _members(made):
    """Survivors who belong to head-counts, and those looked for after an operation."""
    for key, part in made.document.get("headcounts", {}).items():
        for survivor in part.get("includes", ()):
            made.add(
                HeadcountMember,
                ("headcounts", key, "includes", survivor),
                {},
                {},
                headcount_id=made.to("headcounts", key),
                survivor_id=made.to("survivors", survivor),
            )
    for key, part in made.document.get("operations", {}).items():
        for survivor in part.get("missing", ()):
            made.add(
                MissingPerson,
                ("operations", key, "missing", survivor),
                {},
                {},
                operation_id=made.to("operations", key),
                survivor_id=made.to("survivors", survivor),
            )
