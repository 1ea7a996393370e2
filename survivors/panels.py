"""Panels that apps above add to the page of a survivor.

In ``ready()`` of its apps.py::

    register_panel("aftercare", Can.VIEW_AFTERCARE, summary_of, "aftercare/_summary.html")

`summary_of(survivor)` gives the context of the panel, or None where there is nothing to show. The template is
included with `survivor` and `panel` (that context), and brings its own card.
"""

_panels = {}


def register_panel(name, need, context, template):
    """Show this panel to people who hold the verb `need`. A name registered again replaces its panel."""
    _panels[name] = (need, context, template)


def panels_of(survivor, person):
    """The panels this person may see, in the order in which apps registered them."""
    found = []
    for name, (need, context, template) in _panels.items():
        panel = context(survivor) if person.can(need) else None
        if panel is not None:
            found.append({"name": name, "template": template, "context": panel})
    return found
