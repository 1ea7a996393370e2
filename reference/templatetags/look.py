"""Small drawings for templates: icons, initials, bars, tones. Knows no model."""

from collections import Counter
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

TONES = {
    "danger": ("red", "error", "late", "high", "critical", "missed", "overdue"),
    "soon": ("amber", "warn", "warning", "medium", "due"),
    "done": ("green", "ok", "success", "safe", "low", "kept", "ready"),
    "judgment": ("violet", "purple"),
    "past": ("grey", "gray", "debug", "muted", "closed", "adjourned"),
    "info": ("blue", "active", "primary", "now"),
    "plain": ("",),
}
TONE_OF = {word: tone for tone, words in TONES.items() for word in (tone, *words)}


def icon_name(name: str) -> str:
    """Marks a name for the sprite when the template only sees a variable."""
    return name


@register.filter
def tone(word) -> str:
    """One of seven tones; the first word known among several (message tags) wins."""
    for part in str(word or "").lower().split():
        if part in TONE_OF:
            return TONE_OF[part]
    return "plain"


@register.filter
def whole(number) -> int:
    """The plain number behind a lazy one, which plural forms cannot divide."""
    text = str(number or 0)
    return int(text) if text.isdigit() else 0


@register.simple_tag
def icon(name, size=20, label=""):
    if not name:
        return ""
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return drawn(str(name), int(size), said, static("icons.svg"))


@lru_cache(maxsize=1000)
def drawn(name: str, size: int, said: str, sprite: str) -> SafeString:
    """A list shows the same few icons in every row."""
    return format_html(
        '<svg class="icon" width="{0}" height="{0}" focusable="false" {1}><use href="{2}#{3}"></use></svg>',
        size, said, sprite, name,
    )  # fmt: skip


def initials(text: str) -> str:
    words = [word.strip("“”\"'().,") for word in str(text).split()]
    words = [word for word in words if word]
    if len(words) > 1:
        return (words[0][0] + words[-1][0]).upper()
    return words[0][:4] if words else "?"


@register.simple_tag
def avatar(text, square=False, label=""):
    """Initials in one of five quiet colours that stay with the text. Decoration unless labelled."""
    text = str(text or "")
    shade = sum(ord(letter) for letter in text) % 5
    shape = " avatar-square" if square else ""
    said = (
        format_html('role="img" aria-label="{0}" title="{0}"', label)
        if label
        else mark_safe('aria-hidden="true"')
    )
    letters = text if square else initials(text)[:2]
    return format_html('<span class="avatar avatar-{}{}" {}>{}</span>', shade, shape, said, letters)


def clamp(value, low=0.0, high=100.0) -> float:
    try:
        return round(min(max(float(value), low), high), 1)
    except (TypeError, ValueError):
        return low


@register.simple_tag
def bar(percent, tone_word="info", width=72):
    """A bar for a table cell; the number beside it says the same."""
    return format_html(
        '<svg class="bar" width="{}" height="8" aria-hidden="true" focusable="false">'
        '<rect class="bar-track" width="100%" height="8" rx="4"></rect>'
        '<rect class="fill-{}" width="{}%" height="8" rx="4"></rect></svg>',
        width,
        tone(tone_word),
        clamp(percent),
    )


@register.simple_tag
def spark(values, width=96, height=32):
    """A small line without axes: the number above it is what counts."""
    points = [float(value) for value in values or ()]
    if len(points) < 2:
        return ""
    low, spread = min(points), (max(points) - min(points)) or 1.0
    step = width / (len(points) - 1)
    spots = [
        (round(i * step, 1), round(height - 3 - (p - low) / spread * (height - 6), 1))
        for i, p in enumerate(points)
    ]
    line = format_html_join(" ", "{},{}", spots)
    return format_html(
        '<svg class="spark" width="{w}" height="{h}" viewBox="0 0 {w} {h}" aria-hidden="true">'
        '<polygon points="0,{h} {line} {w},{h}"></polygon><polyline points="{line}"></polyline></svg>',
        w=width,
        h=height,
        line=line,
    )


@register.filter
def chosen(field) -> str:
    """The words of a filter's present choice, or nothing when it filters nothing."""
    value = field.value()
    wanted = [str(v) for v in (value if isinstance(value, (list, tuple)) else [value]) if v not in (None, "")]
    if not wanted:
        return ""
    choices = getattr(field.field, "choices", None)
    if choices is None:
        return ", ".join(wanted)
    return ", ".join(label for key, label in flat(choices) if str(key) in wanted)


def flat(choices):
    for key, label in choices:
        if isinstance(label, (list, tuple)):
            yield from flat(label)
        else:
            yield key, str(label)


@register.filter
def problems(form):
    """(id to jump to, message) for the summary: the form's own first, then field by field."""
    if not form or not getattr(form, "is_bound", False):
        return []
    found = [("", message) for message in form.non_field_errors()]
    wrong = [(field, message) for field in form for message in field.errors]
    times = Counter(str(message) for _field, message in wrong)
    for field, message in wrong:
        jump = "" if field.is_hidden else getattr(field, "focus_id", field.auto_id)
        found.append((jump, in_words(field, message, again=times[str(message)] > 1)))
    return found


def in_words(field, message, *, again=False) -> str:
    """Django's own message names no field, nor does one that stands there more than once: so the summary
    says which question it belongs to, and in a grid which row."""
    row = getattr(field.form, "row_words", "")
    if row:
        return format_html("{}, {}: {}", row, field.label, message)
    stock = {}
    for parent in reversed(type(field.field).__mro__):
        stock.update(getattr(parent, "default_error_messages", {}))
    unchanged = {str(text) for text in stock.values()}
    if str(message) not in unchanged and not again:
        return message
    label = str(field.label)
    return format_html("{} {}" if label.endswith("?") else "{}: {}", label, message)
