"""Is the system alive? For a monitor outside; tells nothing about cases."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from redis import Redis
from redis.exceptions import RedisError

from notifications import watching

SEALED_WITHIN_SECONDS = 5 * 60


@never_cache
def healthz(request):
    """{"database": "ok|down", "broker": "ok|down", "sweep_age_seconds": n, "seal_lag_seconds": n}.

    The numbers are null where there is none. 503 when one is down, or events wait too long for their seal.
    """
    database, age, lag = database_state()
    broker = broker_state()
    well = database == broker == "ok" and (lag or 0) <= SEALED_WITHIN_SECONDS
    told = {"database": database, "broker": broker, "sweep_age_seconds": age, "seal_lag_seconds": lag}
    return JsonResponse(told, status=200 if well else 503)


@never_cache
def healthz_alerts(request):
    """{"word": "ok", ...ages}: 503 unless all is well with the alerts, or nothing has run here yet.

    The words are those of notifications.watching.state(); `down` without a database.
    """
    try:
        told = watching.state()
    except DatabaseError:
        told = {"word": "down"}
    return JsonResponse(told, status=200 if told["word"] in ("ok", "new") else 503)


def database_state():
    """('ok', seconds since the last sweep that ended well, seconds that an event waits for its seal).

    None for a sweep or a sealer that never was; ('down', None, None) without a database.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT extract(epoch FROM clock_timestamp() - max(ok_at))::int, audit_waiting()"
                " FROM notifications_beat WHERE loop = 'sweep'"
            )
            return "ok", *cursor.fetchone()
    except DatabaseError:
        return "down", None, None


def broker_state():
    try:
        Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2).ping()
    except (RedisError, OSError):
        return "down"
    return "ok"
