
-- Ends what owed.sql says of the need to know.
SELECT case_id::text, user_id::text FROM may_see
