"""Is the system alive? For a monitor outside; tells nothing about cases."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from redis import Redis
from redis.exceptions import RedisError


@never_cache
def healthz(request):
    """{"database": "ok|down", "broker": "ok|down", "sweep_age_seconds": n or null}; 503 when one is down."""
    database, age = database_state()
    broker = broker_state()
    status = 200 if database == broker == "ok" else 503
    return JsonResponse({"database": database, "broker": broker, "sweep_age_seconds": age}, status=status)


def database_state():
    """('ok', whole seconds since the last sweep that ended well or None), or ('down', None)."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT extract(epoch FROM clock_timestamp() - max(ok_at))::int FROM notifications_beat"
            )
            return "ok", cursor.fetchone()[0]
    except DatabaseError:
        return "down", None


def broker_state():
    try:
        Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2).ping()
    except (RedisError, OSError):
        return "down"
    return "ok"
