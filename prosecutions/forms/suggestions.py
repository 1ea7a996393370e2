"""A text field that suggests what the lists know, and takes anything else as it is written."""

from django import forms


class Suggested(forms.TextInput):
    """The browser's own list under a text field; works without script."""

    template_name = "prosecutions/widgets/suggested.html"

    def __init__(self, attrs=None):
        super().__init__(attrs)
        self.offers = []  # (what is typed, what stands beside it)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}_offers"
        context["widget"]["attrs"] |= {"list": list_id, "autocomplete": "off"}
        return context | {"offers": self.offers, "list_id": list_id}
