"""How every form looks: labels, hints, errors and native inputs, in one place."""

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

BOXES = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)
NATIVE = {
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.TimeInput: ("time", "%H:%M"),
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
}

PART_NAMES = {"date": _("Date"), "time": _("Time")}


def css_class(widget) -> str:
    if isinstance(widget, BOXES):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


def make_native(widget, label) -> None:
    """Dates and times get the browser's own picker; exact types only, so Django's admin keeps its own."""
    parts = getattr(widget, "widgets", None)
    for part in parts or [widget]:
        if type(part) in NATIVE:
            part.input_type, part.format = NATIVE[type(part)]
        if parts:
            part.attrs.setdefault("aria-label", PART_NAMES.get(getattr(part, "input_type", ""), label))


class ChoiceCards(forms.RadioSelect):
    """Few big choices, each with a line that says what it means."""

    template_name = "django/forms/widgets/choice_cards.html"

    def __init__(self, attrs=None, choices=(), hints=None):
        super().__init__(attrs, choices)
        self.hints = hints or {}

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        return option | {"hint": self.hints.get(str(value), "")}


class LookBoundField(BoundField):
    """A field that knows its classes, its hint's and error's ids, and where the summary jumps to."""

    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        make_native(field.widget, self.label)

    def build_widget_attrs(self, attrs, widget=None):
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if not widget.is_hidden:
            own = widget.attrs.get("class", "")
            attrs["class"] = f"{css_class(widget)} {own}".strip()
        return attrs

    @property
    def focus_id(self) -> str:
        """The first thing inside that takes the keyboard."""
        if isinstance(
            self.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget)
        ):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    @property
    def is_single_box(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def says_optional(self) -> bool:
        return (
            not self.field.required and not self.is_single_box and getattr(self.form, "mark_optional", True)
        )


class Renderer(TemplatesSetting):
    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"
    bound_field_class = LookBoundField
