-- The oracle's own words for time: a schema that the product does not know of.
CREATE SCHEMA IF NOT EXISTS oracle;

-- Holidays of the lands of the seeded world, as their gazettes name them; whoever moves the scenarios to
-- other years adds theirs.
CREATE TABLE IF NOT EXISTS oracle.holiday (country text, day date, PRIMARY KEY (country, day));
INSERT INTO oracle.holiday VALUES
  ('PH', '2026-12-24'), ('PH', '2026-12-25'), ('PH', '2026-12-30'), ('PH', '2026-12-31'), ('PH', '2027-01-01')
  ON CONFLICT DO NOTHING;

-- The first moment at which a clock on that wall shows that time; in the gap of spring, the first minute
-- after it; of the two in autumn, the earlier.
CREATE OR REPLACE FUNCTION oracle.wall(zone text, day date, hour time) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    (SELECT min(t) FROM (VALUES (0), (30), (60), (120)) back(minutes),
       LATERAL (SELECT ((day + hour) AT TIME ZONE zone) - make_interval(mins => back.minutes) AS t) moment
      WHERE t AT TIME ZONE zone = day + hour),
    (SELECT t FROM generate_series(1, 180) later,
       LATERAL (SELECT day + hour + make_interval(mins => later) AS local) l,
       LATERAL (SELECT l.local AT TIME ZONE zone AS t) moment
      WHERE t AT TIME ZONE zone = l.local ORDER BY later LIMIT 1))
$$;

CREATE OR REPLACE FUNCTION oracle.day_of_work_before(country text, day date) RETURNS date LANGUAGE sql STABLE AS $$
  SELECT max(d)::date FROM generate_series(day - 21, day - 1, interval '1 day') d
   WHERE extract(isodow FROM d) NOT IN (6, 7)
     AND NOT EXISTS (SELECT 1 FROM oracle.holiday h
                      WHERE h.country = day_of_work_before.country AND h.day = d::date)
$$;
