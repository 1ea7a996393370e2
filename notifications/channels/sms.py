"""Text messages, by the gateway that the settings name."""

from django.conf import settings

from notifications.channels.africastalking import AfricasTalking
from notifications.channels.channel import Again, Channel, Handed, Outgoing
from notifications.channels.local import Local
from notifications.channels.phones import normal_number
from notifications.channels.texts import one_part
from notifications.channels.trying import tried
from notifications.channels.twilio import Twilio
from notifications.states import Kind, Outcome

GATEWAYS = {gateway.name: gateway for gateway in (Twilio(), AfricasTalking(), Local())}


class Sms(Channel):
    """One line to one telephone, in one part."""

    kind = Kind.SMS

    @property
    def gateway(self):
        return GATEWAYS.get(settings.SMS_GATEWAY)

    @property
    def again(self) -> Again:  # type: ignore[override]
        return self.gateway.again if self.gateway else Again.BLIND

    def ready(self) -> bool:
        return bool(self.gateway and self.gateway.ready())

    def normal(self, address: str) -> str:
        return normal_number(address)

    def hand_over(self, outgoing: Outgoing) -> Handed:
        gateway = self.gateway
        if gateway is None or not gateway.ready():
            return Handed(Outcome.TEMPORARY, "not set up")
        return tried(lambda: one_part(outgoing), lambda text: gateway.send(outgoing, text, self.timeout))

    def ask(self, outgoing: Outgoing, ref: str) -> Outcome | None:
        gateway = self.gateway
        if gateway is None or not gateway.ready():
            return None
        found = tried(lambda: ref, lambda known: gateway.ask(outgoing, known, self.timeout))
        return Outcome.TEMPORARY if isinstance(found, Handed) else found
