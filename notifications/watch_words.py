"""The words of the rules about the system itself: in the catalogue, in inboxes, on the page of the watch."""

from django.utils.translation import gettext_lazy as _

# code: (what happens, what ends it, what else is to be said)
WATCH_RULES = {
    "X1": (
        _("A telephone, a browser or an address of somebody cannot be reached any more."),
        _("It is over when it is proved to work, or taken away."),
        None,
    ),
    "X2": (
        _("Messages wait longer than they should."),
        _("It is over when they have gone out in time for ten minutes."),
        None,
    ),
    "X3": (
        _("A part of the system that watches has stopped, or the test of the morning has not arrived."),
        _("It is over when it has run again for ten minutes."),
        None,
    ),
    "X4": (
        _("An alert has gone to everybody it could go to, and nobody has taken it on."),
        _("It is over when somebody has taken it on."),
        _("The administrators hear only that there is such an alert in the office."),
    ),
    "X5": (
        _("Far more alerts than usual would go out at once, and the system has held their messages back."),
        _("It is over when they are let out or withdrawn."),
        _("They stand in the inboxes all the same."),
    ),
    "X6": (
        _("The law as the system knows it was changed, and clocks that are running rest on it."),
        _("It is over when somebody has looked at the new dates and said so."),
        None,
    ),
    "X7": (
        _("Something that must always hold of alerts does not hold."),
        _("It is over when it has held again for ten minutes."),
        None,
    ),
    "T1": (
        _("A harmless test goes the way of every alert, each morning."),
        _("It is over when everybody has read it, or after a month."),
        _("When it has not arrived within two minutes, that is an alert of its own."),
    ),
    "T2": (
        _("A drill goes the way of an urgent alert, once a month and unannounced."),
        _("It is over when somebody has said that he or she has it."),
        None,
    ),
    "L1": (
        _("For a week nobody in an office with open prosecutions has entered or recorded a hearing."),
        _("It is over when a hearing is entered or recorded."),
        _("It comes again every week for as long as nothing stirs."),
    ),
}

# code: (what happened, what to do), for inboxes
WATCH_WORDS = {
    "A1": (
        _("A case was given to you"),
        _("Read the case and its open alerts, and say that you have it."),
    ),
    "A2": (
        _("Somebody has left who still had hearings, cases or alerts"),
        _("Give what is open to somebody else: the page of the alert lists it."),
    ),
    "A3": (
        _("Somebody will be away while hearings take place"),
        _("Name a deputy for the days, or somebody else for the hearings."),
    ),
    "H12": (
        _("Nothing is planned for a prosecution"),
        _("Enter the next hearing, a task or a deadline."),
    ),
    "L1": (
        _("Nothing stirs in the diary of the office"),
        _("Ask whether hearings are still being entered, and enter what is missing."),
    ),
    "T1": (
        _("Test of the morning"),
        _("Nothing has happened. Alerts reach you: there is nothing to do."),
    ),
    "T2": (
        _("This is a drill"),
        _("Nothing has happened. Say that you have it, as you would with a real one."),
    ),
    "X1": (
        _("Somebody can no longer be reached at an address or number"),
        _("Prove it again or add another one, so that urgent alerts arrive."),
    ),
    "X2": (
        _("Alerts leave too late"),
        _("Open the watch page and see which channel stands still."),
    ),
    "X3": (
        _("A part of the alerts has stopped"),
        _("Open the watch page, and start again what has stopped."),
    ),
    "X3.trial": (
        _("The test of the morning did not arrive"),
        _("Open the watch page, and see why no channel took it."),
    ),
    "X4": (
        _("Nobody has taken on an alert"),
        _("Take it on yourself or call somebody now."),
    ),
    "X4.office": (
        _("In an office nobody has taken on an alert"),
        _("Call the office and ask who is there."),
    ),
    "X5": (
        _("A flood of alerts is held back"),
        _("Open the watch page: let the messages out, or withdraw them."),
    ),
    "X6": (
        _("The law was changed, and clocks of your office rest on it"),
        _("Look at the new dates of these clocks."),
    ),
    "X7": (
        _("A promise of the alerts is broken"),
        _("Open the watch page, and tell whoever looks after the system."),
    ),
    "X7.figures": (
        _("Figures of the dashboards are not what the records give"),
        _("Run verify_rollups --mend, and tell whoever looks after the system."),
    ),
}

# What is wrong, on the page of the watch: code to sentence; after the colon comes the part it is about.
TROUBLES = {
    "late": _("A part has not run: %(part)s"),
    "waits:urgent": _("An urgent message has waited longer than two minutes"),
    "waits:normal": _("A message has waited longer than a quarter of an hour"),
    "promise": _("A promise does not hold: %(part)s"),
    "trial": _("The test of the morning did not arrive"),
    "figures": _("Figures that were counted ahead are not what the records give: run verify_rollups --mend"),
}

LOOPS = {
    "sweep": _("Works out what is owed"),
    "send": _("Hands messages over"),
    "loop": _("Does both without the broker"),
    "notify_loop": _("Does both without the broker"),
    "beat": _("Sets the pace"),
}

STATES = {
    "ok": (_("All is well"), "done"),
    "new": (_("Nothing has run here yet"), "plain"),
    "silent": (_("A part has stopped"), "danger"),
    "late": (_("Messages are late"), "danger"),
    "broken": (_("Something is wrong"), "danger"),
    "held": (_("Held back since a restore"), "soon"),
}
