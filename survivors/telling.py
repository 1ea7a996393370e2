"""Where stories stand with the wallets of those in them."""

from survivors.consents import agencies_of, speaks_of
from survivors.from_above import PassedOn
from survivors.models import StorySubject
from survivors.states import ConsentPurpose, StoryState


def stories_on(consents):
    """The stories that two approved while these consents spoke for them."""
    consents = [one for one in consents if one.purpose == ConsentPurpose.PUBLISH_STORY and one.given]
    if not consents:
        return
    rows = StorySubject.objects.filter(survivor__in={one.survivor_id for one in consents})
    rows = (
        rows.exclude(story__second_at=None).select_related("story", "survivor").order_by("-story__second_at")
    )
    names = agencies_of({row.survivor for row in rows})
    for row in rows:
        for one in consents:
            if one.survivor_id == row.survivor_id and speaks_of(one, names, row.story.receiver):
                story = row.story
                words = f"{story.title} · {story.get_status_display()}"
                running = story.status == StoryState.APPROVED
                yield PassedOn(one.pk, words, story.receiver, story.get_absolute_url(), running)
