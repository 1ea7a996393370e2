"""The second lock of homes: who keeps them, and how many people live in one."""

FUNCTIONS = """
-- How many people live in a home, whoever may see their cases: a number and nothing else, for those who read
-- the homes of that office. A group without names counts by its heads, as far as they are known.
CREATE OR REPLACE FUNCTION home_taken(wanted uuid) RETURNS int LANGUAGE sql STABLE PARALLEL RESTRICTED
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(sum(CASE WHEN c.survivor_id IS NOT NULL THEN 1
      ELSE greatest(1, coalesce(substring(g.people FROM '^[0-9]{1,4}')::int, 1)) END), 0)::int
    FROM aftercare_home h
    JOIN aftercare_placement p ON p.home_id = h.id AND p.ends_on = '' AND NOT p.over
    JOIN aftercare_care c ON c.id = p.care_id
    LEFT JOIN operations_headcount g ON g.id = c.headcount_id
   WHERE h.id = wanted
     AND (h.office_id = ANY((SELECT my_offices_for('aftercare.view'))::bigint[])
       OR (SELECT is_system('aftercare')))
$$;

-- Everybody who reads homes may hold one while she places somebody in it; only those who keep the homes of
-- the office write them, and none is carried to another office.
CREATE OR REPLACE FUNCTION guard_home() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF is_system('aftercare') THEN
    RETURN NEW;
  END IF;
  IF NOT NEW.office_id = ANY(my_offices_for('home.manage')) THEN
    RAISE EXCEPTION 'homes are written by those who keep them' USING ERRCODE = '42501';
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW.office_id <> OLD.office_id THEN
      RAISE EXCEPTION 'a home stays with its office' USING ERRCODE = '42501';
    END IF;
  END IF;
  IF TG_TABLE_NAME = 'aftercare_homeaddress' THEN
    IF NEW.office_id IS DISTINCT FROM (SELECT h.office_id FROM aftercare_home h WHERE h.id = NEW.home_id) THEN
      RAISE EXCEPTION 'an address belongs to the office of its home' USING ERRCODE = '42501';
    END IF;
  END IF;
  RETURN NEW;
END $$;

-- People stay in homes of the office of their case, and in homes that whoever writes it down may read.
CREATE OR REPLACE FUNCTION keep_stay_in_office() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.home_id IS NOT NULL THEN
    IF NOT EXISTS (SELECT 1 FROM aftercare_home h JOIN cases_case c ON c.office_id = h.office_id
                    WHERE h.id = NEW.home_id AND c.id = NEW.case_id) THEN
      RAISE EXCEPTION 'people stay in homes of the office of their case' USING ERRCODE = '42501';
    END IF;
  END IF;
  RETURN NEW;
END $$;
"""

POLICIES = (
    "CREATE OR REPLACE TRIGGER keep_stay_in_office BEFORE INSERT OR UPDATE OF home_id ON aftercare_placement"
    " FOR EACH ROW EXECUTE FUNCTION keep_stay_in_office()",
) + tuple(
    f"CREATE OR REPLACE TRIGGER guard_home BEFORE INSERT OR UPDATE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION guard_home()"
    for table in ("aftercare_home", "aftercare_homeaddress")
)
