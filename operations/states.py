"""Code lists of operations, in the spelling of the case-file format."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VenueKind(models.TextChoices):
    """What kind of place is it?"""

    BROTHEL = "brothel", _("Brothel")
    RED_LIGHT_DISTRICT = "red_light_district", _("Red light district")
    BAR = "bar", _("Bar")
    HOTEL = "hotel", _("Hotel")
    COFFEE_SHOP = "coffee_shop", _("Coffee shop")
    MASSAGE_PARLOUR = "massage_parlour", _("Massage parlour")
    PRIVATE_HOME = "private_home", _("Private home")
    INTERNET_CAFE = "internet_cafe", _("Internet cafe")
    ONLINE = "online", _("Online")
    STREET = "street", _("Street")
    BRICK_KILN = "brick_kiln", _("Brick kiln")
    FACTORY = "factory", _("Factory")
    WORKSHOP = "workshop", _("Workshop")
    FARM = "farm", _("Farm")
    QUARRY = "quarry", _("Quarry")
    CONSTRUCTION_SITE = "construction_site", _("Construction site")
    FISHING_BOAT = "fishing_boat", _("Fishing boat")
    SHIP = "ship", _("Ship")
    LAKE = "lake", _("Lake")
    PORT = "port", _("Port")
    BORDER_CROSSING = "border_crossing", _("Border crossing")
    OTHER = "other", _("Other")


class VenueNetwork(models.TextChoices):
    """Who can walk in?"""

    PUBLIC = "public", _("Public")
    PRIVATE = "private", _("Private")
    UNKNOWN = "unknown", _("Unknown")


class Travel(models.TextChoices):
    """By what means?"""

    FOOT = "foot", _("Foot")
    TRUCK = "truck", _("Truck")
    BUS = "bus", _("Bus")
    CAR = "car", _("Car")
    TAXI = "taxi", _("Taxi")
    TRAIN = "train", _("Train")
    BOAT = "boat", _("Boat")
    FERRY = "ferry", _("Ferry")
    SHIP = "ship", _("Ship")
    PLANE = "plane", _("Plane")
    UNKNOWN = "unknown", _("Unknown")


class Border(models.TextChoices):
    """How was the border crossed?"""

    NONE = "none", _("None")
    REGULAR = "regular", _("Regular")
    IRREGULAR = "irregular", _("Irregular")
    UNKNOWN = "unknown", _("Unknown")


class LegStage(models.TextChoices):
    """Which part of the journey (HTCDS event type)?"""

    RECRUITMENT = "Recruitment", _("Recruitment")
    TRANSIT = "Transit", _("Transit")
    EXPLOITATION = "Exploitation", _("Exploitation")


class HeadcountKind(models.TextChoices):
    """What did the group go through?"""

    FOUND = "found", _("Found")
    RELIEVED = "relieved", _("Relieved")
    INTERCEPTED = "intercepted", _("Intercepted")
    REPATRIATED = "repatriated", _("Repatriated")
    RETURNED_HOME = "returned_home", _("Returned home")
    TRAPPED = "trapped", _("Trapped")
    RECRUITED = "recruited", _("Recruited")
    OTHER = "other", _("Other")


class InvestigationResult(models.TextChoices):
    """What came of the investigation?"""

    CONFIRMED = "confirmed", _("Confirmed")
    NOT_CONFIRMED = "not_confirmed", _("Not confirmed")
    ONGOING = "ongoing", _("Ongoing")
    HANDED_OVER = "handed_over", _("Handed over")


class Purpose(models.TextChoices):
    """What was the aim of the operation?"""

    RELIEF = "relief", _("Relief")
    ARREST = "arrest", _("Arrest")
    RELIEF_AND_ARREST = "relief_and_arrest", _("Relief and arrest")
    INSPECTION = "inspection", _("Inspection")
    INTERCEPTION = "interception", _("Interception")
    SEARCH = "search", _("Search")


class OperationStatus(models.TextChoices):
    """Was it carried out?"""

    PLANNED = "planned", _("Planned")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


OPERATION_MOVES = {
    OperationStatus.PLANNED: {OperationStatus.DONE, OperationStatus.CANCELLED},
    OperationStatus.DONE: set(),
    OperationStatus.CANCELLED: set(),
}

# Not carried out: known only to those named on it. What was called off may be tried again, and stays closed.
CLOSED_CIRCLE = (OperationStatus.PLANNED, OperationStatus.CANCELLED)

# So near to the hour of an operation, nobody joins its circle on one person's word.
NEAR_HOURS = 48


class Secret(models.TextChoices):
    """What of a plan is shown only when somebody asks for it, each by itself?"""

    DATE = "date", _("Date")
    TIME = "time", _("Time")
    PLACE = "place", _("Place")
    PLAN = "plan", _("Plan and notes")


class OperationOutcome(models.TextChoices):
    """How did it end?"""

    SUCCESS = "success", _("Success")
    PARTIAL = "partial", _("Partial")
    FAILED = "failed", _("Failed")


class Failure(models.TextChoices):
    """Why did it fail?"""

    TIP_OFF = "tip_off", _("Tip off")
    VICTIM_FLED = "victim_fled", _("Victim fled")
    VENUE_EMPTY = "venue_empty", _("Venue empty")
    SUSPECT_ABSENT = "suspect_absent", _("Suspect absent")
    VENUE_CLOSED = "venue_closed", _("Venue closed")
    NO_AUTHORITY_SUPPORT = "no_authority_support", _("No authority support")
    EQUIPMENT = "equipment", _("Equipment")
    WEATHER = "weather", _("Weather")
    SAFETY = "safety", _("Safety")
    WRONG_PLACE = "wrong_place", _("Wrong place")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Unknown")


class CareOnSite(models.TextChoices):
    """What care was given on the spot?"""

    MEALS = "meals", _("Meals")
    MEDICAL_CHECK = "medical_check", _("Medical check")
    CLOTHES = "clothes", _("Clothes")
    FIRST_AID = "first_aid", _("First aid")
    COUNSELLING = "counselling", _("Counselling")
    SAFE_TRANSPORT = "safe_transport", _("Safe transport")
    INTERPRETER = "interpreter", _("Interpreter")
    MONEY = "money", _("Money")


class AssetFault(models.TextChoices):
    """What went wrong with it?"""

    NONE = "none", _("None")
    BROKE_DOWN = "broke_down", _("Broke down")
    OUT_OF_RANGE = "out_of_range", _("Out of range")
    LATE = "late", _("Late")
    MISSING = "missing", _("Missing")
    OTHER = "other", _("Other")


class LookoutResult(models.TextChoices):
    """How did the lookout end?"""

    FOUND_HERE = "found_here", _("Found here")
    FOUND_ELSEWHERE = "found_elsewhere", _("Found elsewhere")
    NOT_FOUND = "not_found", _("Not found")
    CANCELLED = "cancelled", _("Cancelled")


class LookoutWho(models.TextChoices):
    """Who is looked for?"""

    SURVIVOR = "survivor", _("Somebody who is missing")
    ACCUSED = "accused", _("Somebody who is suspected")
    OTHER = "other", _("Somebody else")


class LookoutSex(models.TextChoices):
    """How does the person look to others?"""

    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    OTHER = "other", _("Other or unknown")


class AgeBand(models.TextChoices):
    """About how old? A band, never a birthday."""

    CHILD = "child", _("Under 12")
    TEEN = "teen", _("12 to 17")
    YOUNG = "young", _("18 to 25")
    ADULT = "adult", _("26 to 40")
    MIDDLE = "middle", _("41 to 60")
    OLD = "old", _("Over 60")


class LookoutAnswer(models.TextChoices):
    """What does the office that was asked say?"""

    WATCHING = "watching", _("We have read it and keep watch")
    NOT_HERE = "not_here", _("Not here, as far as we know")
    SIGHTING = "sighting", _("Perhaps seen")
    OTHER = "other", _("Something else")
