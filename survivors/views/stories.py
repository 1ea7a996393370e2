"""Stories for others: written, checked, approved by two, used while everybody in them agrees, called back."""

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import requires
from accounts.roles import Can
from cases.answering import add_to_case, answer, case_asked_for, case_or_404, inside, sent
from cases.models import Case
from cases.paging import page_of
from cases.states import IllegalMove
from survivors import actions
from survivors.actions.stories import subjects_of
from survivors.consents import Wallets, words_for
from survivors.forms.stories import StoryRecallForm, StorySendForm, StoryWriteForm
from survivors.models import Story
from survivors.safe_story import findings_in, may_check
from survivors.states import ConsentPurpose, StoryState

USES = ("print", "copy")


def story_or_404(pk):
    rows = Story.objects.select_related("case__office", "written_by", "first_by", "second_by")
    return get_object_or_404(rows, pk=pk)


def may_read(story, person):
    """A text that two have not approved, or in which found words were let stand, may hold a real name."""
    plain = story.status == StoryState.APPROVED and not story.looked_at
    return plain or may_check(person, story.office_id)


@requires(Can.VIEW_SURVIVOR)
@require_safe
def story_list(request):
    """Stories of the cases in sight, or of one; what waits for approval first."""
    case = case_asked_for(request)
    rows = Story.objects.filter(case=case) if case else Story.objects.all()
    rows = rows.select_related("case", "written_by").order_by("-updated_at", "pk")
    page = page_of(rows, request)
    for story in page:
        story.readable = may_read(story, request.user)
    context = inside(case, "survivors") if case else {}
    context |= {"page": page, "may": case is not None and request.user.can(Can.WRITE_STORY)}
    return render(request, "survivors/story_list.html", context)


@requires(Can.WRITE_STORY, of=Case)
@require_http_methods(["GET", "POST"])
def story_write(request, pk):
    case = case_or_404(pk)
    form = StoryWriteForm(sent(request), case=case)

    def act(case_id, *, version, **facts):
        return actions.write_story(case_id, **facts)

    context = inside(case, "survivors", submit=_("Save and check"))
    return add_to_case(
        request,
        case,
        form,
        act,
        page="survivors/story_write.html",
        context=context,
        done=Story.get_absolute_url,
    )


@requires(Can.WRITE_STORY, of=Story)
@require_http_methods(["GET", "POST"])
def story_edit(request, pk):
    story = story_or_404(pk)
    names = ("title", "receiver", "text", "version") if may_read(story, request.user) else ("version",)
    first = {name: getattr(story, name) for name in names}
    first["people"] = [str(one.pk) for one in subjects_of(story)]
    form = StoryWriteForm(sent(request), case=story.case, initial=first)

    def act(**facts):
        return actions.edit_story(pk, by=request.user, now=timezone.now(), **facts)

    context = inside(story.case, "survivors", submit=_("Save and check"), back=story.get_absolute_url())
    return answer(
        request, form, act, done=Story.get_absolute_url, page="survivors/story_edit.html", context=context
    )


@requires(Can.VIEW_SURVIVOR, of=Story)
@require_safe
def story_detail(request, pk):
    return render(request, "survivors/story_detail.html", about_story(request, story_or_404(pk)))


def about_story(request, story, **more):
    """The text, what the check finds, who agrees, and what may be done next."""
    user, status = request.user, StoryState(story.status)
    reads, checks = may_read(story, user), may_check(user, story.office_id)
    findings = findings_in(f"{story.title}\n{story.text}", story.case) if checks else []
    writes, approves = user.can(Can.WRITE_STORY), user.can(Can.APPROVE_STORY)
    mine = story.written_by_id == user.pk
    people = answers_of(story)
    return inside(
        story.case, "survivors", story=story, reads=reads, people=people, findings=findings, checks=checks,
        open_findings=[one for one in findings if set(one.words) - set(story.looked_at) or not one.may_stand],
        send_form=StorySendForm(findings=findings), recall_form=StoryRecallForm(),
        may_edit=writes and mine and status != StoryState.APPROVED,
        may_send=writes and status == StoryState.DRAFT and all(one.may_stand for one in findings) and checks,
        may_approve=approves and status == StoryState.WAITING and not mine and story.first_by_id != user.pk,
        may_return=approves and status == StoryState.WAITING,
        may_use=writes and status == StoryState.APPROVED and not any(row["why"] for row in people),
        may_recall=writes and status != StoryState.RECALLED,
        **more,
    )  # fmt: skip


def answers_of(story):
    """Everybody in it, with why she does not agree where that is so."""
    people = subjects_of(story)
    wallets = Wallets(people, timezone.now())
    ask = {"purpose": ConsentPurpose.PUBLISH_STORY, "receiver": story.receiver}
    rows = [(one, wallets.answer(one, **ask).reason) for one in people]
    return [
        {"survivor": one, "why": words_for(reason) if reason else "",
         "url": reverse("survivors:consent-list", args=[one.pk])}
        for one, reason in rows
    ]  # fmt: skip


def press(request, pk, act):
    """One press on the page of the story, which comes back; with the sentence when it may not be."""
    story = story_or_404(pk)
    try:
        with transaction.atomic():
            act(by=request.user, now=timezone.now())
    except IllegalMove as why:
        return render(
            request, "survivors/story_detail.html", about_story(request, story, refused=str(why)), status=422
        )
    return redirect(story)


@requires(Can.WRITE_STORY, of=Story)
@require_POST
def story_send(request, pk):
    words = request.POST.getlist("looked_at")
    return press(request, pk, lambda **who: actions.send_story(pk, looked_at=[w[:80] for w in words], **who))


@requires(Can.APPROVE_STORY, of=Story)
@require_POST
def story_approve(request, pk):
    return press(request, pk, lambda **who: actions.approve_story(pk, **who))


@requires(Can.APPROVE_STORY, of=Story)
@require_POST
def story_return(request, pk):
    return press(request, pk, lambda **who: actions.return_story(pk, **who))


@requires(Can.WRITE_STORY, of=Story)
@require_POST
def story_recall(request, pk):
    why = request.POST.get("why", "")
    return press(request, pk, lambda **who: actions.recall_story(pk, why=why, **who))


@requires(Can.WRITE_STORY, of=Story)
@require_POST
def story_use(request, pk):
    """The text to print or to copy. Each time is written down."""
    story = story_or_404(pk)
    how = request.POST.get("how", "")
    try:
        with transaction.atomic():
            story = actions.use_story(
                pk, by=request.user, now=timezone.now(), how=how if how in USES else USES[0]
            )
    except IllegalMove as why:
        context = about_story(request, story, refused=str(why))
        return render(request, "survivors/story_detail.html", context, status=422)
    return render(request, "survivors/story_use.html", inside(story.case, "survivors", story=story))
