"""What must be right before anything is served."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured

from reference import sealed


@register(Tags.security)
def sealing_keys_are_whole(app_configs, **kwargs):
    """Without its master keys the product can read no identity and write none."""
    if not settings.SERVED:
        return []
    try:
        sealed.ring()
    except ImproperlyConfigured as why:
        return [Error(str(why), id="reference.E001", hint="See “Keys” in SECURITY.md.")]
    return []
