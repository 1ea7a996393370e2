"""Forms of survivors, one file per noun."""

from survivors.forms.consents import ConsentAddForm, ConsentWithdrawForm
from survivors.forms.people import (
    AgeAddForm,
    EpisodeAddForm,
    KinshipAddForm,
    ReliefAddForm,
    ReliefRecaptureForm,
    StatementAddForm,
    SurvivorAddForm,
    SurvivorEditForm,
    SurvivorFilterForm,
    SurvivorMissForm,
    SurvivorRowForm,
    WitnessEditForm,
)

__all__ = [
    "AgeAddForm",
    "ConsentAddForm",
    "ConsentWithdrawForm",
    "EpisodeAddForm",
    "KinshipAddForm",
    "ReliefAddForm",
    "ReliefRecaptureForm",
    "StatementAddForm",
    "SurvivorAddForm",
    "SurvivorEditForm",
    "SurvivorFilterForm",
    "SurvivorMissForm",
    "SurvivorRowForm",
    "WitnessEditForm",
]
