"""What is wrong with the locks of the live database: one line for each defect of its catalogue."""

from django.db import connection

from accounts.rights import case_bearing_models

# Tables that hold no case data and keep ordinary rights; every other table needs a policy.
OPEN_TABLES = {
    "accounts": "people, offices, roles, duty: everybody who works here may know",
    "account_": "addresses for signing in",
    "api_apitoken": "hashes of tokens",
    "api_sentonce": "keys of acts that were sent, and hashes of what was",
    "audit_seal": "hashes of hashes and their signatures",
    "aftercare_instrument": "the words that people are scored with: no case data",
    "auth_": "Django's own, empty",
    "axes_": "failed sign-ins",
    "cases_casesequence": "the last number of an office and year",
    "diary_calendarfeed": "hashes of the addresses of calendars",
    "django_": "Django's own",
    "figures_mark": "keys of cases that wait to be counted anew: no case data",
    "figures_countedby": "by which code everything was counted",
    "figures_published": "counts of offices and years, hidden and rounded before they are written",
    "figures_study": "studies of whole populations: public knowledge with its source",
    "hooks_delivery": "numbers of events on their way to programs outside, and how they fared",
    "hooks_webhook": "addresses of programs outside, whose eyes they have, and sealed secrets",
    "law_": "law, courts and travel times: public knowledge",
    "mfa_": "second factors, sealed by themselves",
    "notifications_answer": "that somebody answered: a blind index and a word, neither number nor text",
    "notifications_beat": "when a loop last ran",
    "exchange_columnmap": "how offices read the columns of files: digests of their words, and our codes",
    "exchange_handover": "links for receivers: hashes, and a file that only link and code together open",
    "exchange_ctdcset": "sets that others have published, synthetic or k-anonymous",
    "exchange_officekey": "public keys of offices elsewhere, and who compared them",
    "exchange_handovertry": "how often codes were typed, by digests of addresses",
    "notifications_brake": "which rule of which office is held back",
    "notifications_deadletter": "channel, role, office and reason of what failed; no recipient, no case",
    "notifications_handled": "numbers of events, nothing else",
    "notifications_line": "how the line of a channel is",
    "notifications_officerule": "how an office has tightened its rules",
    "notifications_reading": "counts and ages of the machinery of alerts",
    "notifications_receipt": "what a provider said of a message: numbers and a word",
    "notifications_trial": "how the harmless tests of the alerts went",
    "rights_retentionrule": "for how many years an office keeps closed cases",
    "site_cache": "limits on signing in, and codes that were used",
}

DEFECTS = r"""
WITH t AS (
  SELECT c.oid, c.relname AS rel, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.relowner, c.reloptions
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace),
app AS (SELECT oid, rolname FROM pg_roles WHERE rolname = ANY(%(roles)s)),
locked AS (SELECT * FROM t WHERE relkind IN ('r', 'p') AND rel = ANY(%(locked)s))
SELECT 'no row-level security: ' || rel FROM locked WHERE NOT relrowsecurity
UNION ALL SELECT 'row-level security not forced: ' || rel FROM t
  WHERE relkind IN ('r', 'p') AND relrowsecurity AND NOT relforcerowsecurity
UNION ALL SELECT app.rolname || ' may ' || p || ' without a policy: ' || rel
  FROM t, app, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) p
  WHERE relkind IN ('r', 'p') AND relrowsecurity AND has_table_privilege(app.oid, t.oid, p)
    AND NOT EXISTS (SELECT 1 FROM pg_policy q WHERE q.polrelid = t.oid AND app.oid = ANY(q.polroles)
      AND q.polcmd IN ('*', CASE p WHEN 'SELECT' THEN 'r' WHEN 'INSERT' THEN 'a' WHEN 'UPDATE' THEN 'w'
                                   ELSE 'd' END::"char"))
UNION ALL SELECT app.rolname || ' may DELETE: ' || rel FROM locked, app
  WHERE has_table_privilege(app.oid, locked.oid, 'DELETE')
UNION ALL SELECT 'a view reads past the policies: ' || rel FROM t
  WHERE relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY(reloptions), false)
UNION ALL SELECT 'a materialised view is open: ' || rel FROM t, app
  WHERE relkind = 'm' AND has_table_privilege(app.oid, t.oid, 'SELECT')
UNION ALL SELECT app.rolname || ' owns, empties or puts triggers on: ' || rel FROM t, app
  WHERE relkind IN ('r', 'p') AND (relowner = app.oid OR has_table_privilege(app.oid, t.oid, 'TRUNCATE')
    OR has_table_privilege(app.oid, t.oid, 'TRIGGER') OR has_table_privilege(app.oid, t.oid, 'REFERENCES'))
UNION ALL SELECT 'a definer function without a fixed search_path: ' || p.oid::regprocedure
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE prosecdef AND n.nspname IN ('public', 'private')
    AND NOT EXISTS (SELECT 1 FROM unnest(coalesce(proconfig, '{}')) s WHERE s LIKE 'search_path=%%')
UNION ALL SELECT 'everybody may call: ' || p.oid::regprocedure FROM pg_proc p
  WHERE prosecdef AND p.pronamespace = 'public'::regnamespace
    AND EXISTS (SELECT 1 FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                 WHERE a.grantee = 0)
UNION ALL SELECT 'a policy asks its function once a row: ' || polrelid::regclass || '.' || polname
  FROM pg_policy
  WHERE regexp_replace(
          pg_get_expr(polqual, polrelid), 'SELECT (public\.)?\m(my_[a-z_]+|app_uid|is_system)\(', '', 'g')
        ~ '\m(my_[a-z_]+|app_uid|is_system)\('
UNION ALL SELECT 'a role is too strong: ' || rolname FROM pg_roles WHERE rolname = ANY(%(roles)s)
    AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)
UNION ALL SELECT app.rolname || ' is a member of ' || m.roleid::regrole
  FROM pg_auth_members m JOIN app ON app.oid = m.member
UNION ALL SELECT app.rolname || ' reads the signing keys: ' || c.relname FROM pg_class c, app
  WHERE c.relnamespace = 'private'::regnamespace AND c.relkind = 'r'
    AND has_table_privilege(app.oid, c.oid, 'SELECT')
UNION ALL SELECT 'the server is too old for CVE-2025-8713: ' || current_setting('server_version')
  WHERE current_setting('server_version_num')::int < 150014
     OR current_setting('server_version_num')::int BETWEEN 160000 AND 160009
     OR current_setting('server_version_num')::int BETWEEN 170000 AND 170005
"""


def defects() -> list[str]:
    """Every defect as a sentence; an empty list is what a deployment needs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        (database,) = cursor.fetchone()
        cursor.execute(
            DEFECTS,
            {
                "roles": [f"{database}_web", f"{database}_worker"],
                "locked": sorted(model._meta.db_table for model in case_bearing_models()),
            },
        )
        return [line for (line,) in cursor.fetchall()] + unlisted(cursor)


def unlisted(cursor) -> list[str]:
    """Tables that have no policy and that nobody has declared to hold no case data."""
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
        "AND relkind IN ('r', 'p') AND NOT relrowsecurity ORDER BY relname"
    )
    rows = [name for (name,) in cursor.fetchall() if not name.startswith(tuple(OPEN_TABLES))]
    return [f"neither locked nor declared open: {name}" for name in rows]
