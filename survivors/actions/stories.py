"""Stories for others: written, checked, approved by two, used while everybody in them agrees."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.actions import lock_case, touch
from cases.states import IllegalMove, check_move, check_version
from survivors.consents import reasons_against, words_for
from survivors.models import Consent, Story, StorySubject, Survivor
from survivors.safe_story import findings_in, may_check
from survivors.states import STORY_MOVES, ConsentPurpose, StoryState

APPROVALS = ("first_by", "first_at", "second_by", "second_at")


def lock_story(story_id: UUID, version: int | None = None) -> Story:
    """The story, held until the transaction ends."""
    rows = Story.objects.select_for_update(of=("self",)).select_related("case__office", "written_by")
    story = rows.get(pk=story_id)
    check_version(story, version)
    return story


def keep(story: Story, *fields: str) -> None:
    story.version += 1
    story.save(update_fields=[*fields, "version"])


def subjects_of(story: Story) -> list[Survivor]:
    """Everybody of whom it tells."""
    rows = Survivor.objects.filter(story_subjects__story=story).select_related("case", "office")
    return list(rows.order_by("key"))


def write_story(
    case_id: UUID, *, by: User, now: datetime, title: str, text: str, receiver: str, people: Sequence[UUID]
) -> Story:
    """Begin a story. Nobody may use it before two others have approved it."""
    case = lock_case(case_id)
    story = Story(case=case, title=title, text=text, receiver=receiver, written_by=by)
    story.save(force_insert=True)
    add_people(story, people)
    record("story.write", by=by, subject=story, at=now)
    touch(case, now)
    return story


def add_people(story: Story, people: Sequence[UUID]) -> None:
    """Of whom it tells: somebody of this very case. Who was in it once is asked for good."""
    found = list(Survivor.objects.filter(case=story.case_id, pk__in=people).order_by("key"))
    if len(found) != len(set(people)) or not found:
        raise IllegalMove(_("Choose of whom the story tells."), field="people")
    known = set(StorySubject.objects.filter(story=story).values_list("survivor_id", flat=True))
    for survivor in found:
        if survivor.pk not in known:
            StorySubject.objects.create(case_id=story.case_id, story=story, survivor=survivor)


def edit_story(
    story_id: UUID,
    *,
    by: User,
    now: datetime,
    title: str,
    text: str,
    receiver: str,
    people: Sequence[UUID],
    version: int | None = None,
) -> Story:
    """Other words need the approval of two again."""
    story = lock_story(story_id, version)
    if story.written_by_id != by.pk:
        raise IllegalMove(_("Only whoever wrote it changes it. Give it back to her or him instead."))
    if story.status == StoryState.APPROVED:
        raise IllegalMove(_("It is approved and may be in use. Call it back first."))
    story.title, story.text, story.receiver = title, text, receiver
    begin_again(story)
    keep(story, "title", "text", "receiver", "status", "looked_at", "recalled_at", "recalled_why", *APPROVALS)
    add_people(story, people)
    record("story.edit", by=by, subject=story, at=now, version=story.version)
    touch(story.case, now)
    return story


def begin_again(story: Story) -> None:
    """A draft that nobody has looked at."""
    story.status, story.looked_at, story.recalled_at, story.recalled_why = StoryState.DRAFT, [], None, ""
    story.first_by = story.second_by = None
    story.first_at = story.second_at = None


def check_text(story: Story, by: User, looked_at: Sequence[str]) -> None:
    """Nothing in it leads to anybody, but for ordinary words that somebody has looked at."""
    if not may_check(by, story.office_id):
        raise IllegalMove(_("The check needs somebody who may open identities. Ask such a colleague."))
    for finding in findings_in(f"{story.title}\n{story.text}", story.case):
        if not finding.may_stand or set(finding.words) - set(looked_at):
            raise IllegalMove(
                _("The check found %(what)s. Change the words, or say that they may stand.")
                % {"what": finding.said}
            )


def check_consents(story: Story, now: datetime) -> None:
    """Everybody in it agrees today, for this receiver; who does not is named by code, with the reason."""
    people = subjects_of(story)
    against = reasons_against(people, purpose=ConsentPurpose.PUBLISH_STORY, receiver=story.receiver, now=now)
    if against:
        told = "; ".join(f"{one.code}: {words_for(against[one.pk])}" for one in people if one.pk in against)
        raise IllegalMove(_("Not everybody in the story agrees. %(who)s.") % {"who": told})


def send_story(story_id: UUID, *, by: User, now: datetime, looked_at: Sequence[str] = ()) -> Story:
    """Ask two others to approve it; what was found and may stand all the same is said by word."""
    story = lock_story(story_id)
    check_move(STORY_MOVES, StoryState(story.status), StoryState.WAITING)
    check_text(story, by, looked_at)
    story.status, story.looked_at = StoryState.WAITING, sorted(set(looked_at))
    keep(story, "status", "looked_at")
    record("story.send", by=by, subject=story, at=now)
    touch(story.case, now)
    return story


def approve_story(story_id: UUID, *, by: User, now: datetime, version: int | None = None) -> Story:
    """One of two others says yes. The second yes makes it ready for use."""
    story = lock_story(story_id, version)
    check_move(STORY_MOVES, StoryState(story.status), StoryState.APPROVED)
    if by.pk == story.written_by_id:
        raise IllegalMove(_("Whoever wrote a story does not approve it."))
    if by.pk == story.first_by_id:
        raise IllegalMove(_("You have approved it already. A second colleague must, too."))
    check_text(story, by, story.looked_at)
    check_consents(story, now)
    place = "second" if story.first_by_id else "first"
    setattr(story, f"{place}_by", by)
    setattr(story, f"{place}_at", now)
    if place == "second":
        story.status = StoryState.APPROVED
    keep(story, "status", *APPROVALS)
    record("story.approve", by=by, subject=story, at=now, place=place)
    touch(story.case, now)
    return story


def return_story(story_id: UUID, *, by: User, now: datetime) -> Story:
    """Not yet: whoever wrote it changes it."""
    story = lock_story(story_id)
    check_move(STORY_MOVES, StoryState(story.status), StoryState.DRAFT)
    begin_again(story)
    keep(story, "status", "looked_at", "recalled_at", "recalled_why", *APPROVALS)
    record("story.return", by=by, subject=story, at=now)
    return story


def recall_story(story_id: UUID, *, by: User, now: datetime, why: str) -> Story:
    """Nobody uses it any more, with the reason."""
    story = lock_story(story_id)
    check_move(STORY_MOVES, StoryState(story.status), StoryState.RECALLED)
    if not why.strip():
        raise IllegalMove(_("Say why it is called back."), field="why")
    write_recall(story, by=by, now=now, why=why.strip(), consent="")
    touch(story.case, now)
    return story


def write_recall(story: Story, *, by: User, now: datetime, why: str, consent: str) -> None:
    story.status, story.recalled_at, story.recalled_why = StoryState.RECALLED, now, why[:300]
    keep(story, "status", "recalled_at", "recalled_why")
    record("story.recall", by=by, subject=story, at=now, consent=consent)


def use_story(story_id: UUID, *, by: User, now: datetime, how: str) -> Story:
    """Take the text: only while two have approved it and everybody in it agrees. It is written down."""
    story = lock_story(story_id)
    if story.status != StoryState.APPROVED:
        raise IllegalMove(_("Two others must approve it before it is used."))
    check_consents(story, now)
    record("story.open", by=by, subject=story, at=now, how=how)
    return story


def recall_with(consent: Consent, *, by: User, now: datetime) -> None:
    """She does not agree any more: her stories are called back, and those that wait begin again."""
    if consent.purpose != ConsentPurpose.PUBLISH_STORY:
        return
    rows = Story.objects.select_for_update(of=("self",)).select_related("case__office")
    rows = rows.filter(
        subjects__survivor=consent.survivor_id, status__in=[StoryState.APPROVED, StoryState.WAITING]
    )
    for story in rows.order_by("pk"):
        why = {"purpose": ConsentPurpose.PUBLISH_STORY, "receiver": story.receiver, "now": now}
        if reasons_against([consent.survivor], **why):
            words = _("%(code)s took the consent back.") % {"code": consent.survivor.code}
            write_recall(story, by=by, now=now, why=words, consent=str(consent.pk))
