"""The synthetic population, as SQL for DuckDB: persons, their shifts, the faults that are sown, the relations.

Every choice is `roll(sides, what, key)`: a whole number from 0, the same whenever seed, name and key are. The
shares of persons are official statistics of personal assistance in 2022–2023; how hours spread within a share,
the rhythm of shifts and the rates of faults are our assumptions.

A part is whole in itself: no assistant, recipient or claim is in two parts. The variables `seed`, `part`, `parts`,
`quota`, `first_shift`, `pool` and `grace_days` are set, and the tables `day`, `clock` and `limits` filled, before.
"""

from typing import Final

MACROS: Final = """
CREATE MACRO scrambled(x) AS xor(x, x >> 15) * 69621 % 2147483647;
CREATE MACRO again(x) AS xor(x, x >> 13) * 39373 % 2147483647;
CREATE MACRO salted(what) AS (md5_number_lower(getvariable('seed') || what) % 2147483647)::BIGINT;
CREATE MACRO roll(sides, what, key, part := 0) AS
  again(scrambled((key % 2147483647 * 48271 + part * 40692 + salted(what)) % 2147483647)) // 7 % sides;
CREATE MACRO first_minute(whole, who, work_on, is_alike) AS CASE WHEN whole = 1440 THEN 0 ELSE least(1440 - whole,
  360 + 15 * roll(13, 'morning', who) + 15 * (1 - is_alike) * roll(3, 'late', who, part := work_on)) END;
CREATE MACRO edge(n, pieces, whole, by_night, who, work_on, is_alike) AS CASE n
  WHEN 0 THEN 0
  WHEN pieces THEN whole
  ELSE CASE by_night WHEN 1 THEN [420, 870, 1320][n] ELSE whole * n // pieces // 15 * 15 END
    + 15 * (1 - is_alike) * (roll(3, 'edge', who, part := work_on * 8 + n) - 1) END;
"""
"""Chance; the minute a day's care begins; the minutes after it at which one shift follows another."""

PERSONS: Final = """
CREATE OR REPLACE TABLE person AS
-- 13 500 have the state's decision and 4 900 the municipality's.
WITH decided AS (
  SELECT i * getvariable('parts') + getvariable('part') + 1 AS recipient_id,
    CASE WHEN roll(184, 'regime', recipient_id) < 135 THEN 1 ELSE 0 END AS is_state,
    roll(100, 'hours', recipient_id) AS place, roll(1000, 'within', recipient_id) AS within
  FROM range(getvariable('pool')) numbered(i)
),
-- The state's: mean 137 hours a week, with a spike at exactly 168. The municipality's: median 30, few above 100.
granted AS (
  SELECT recipient_id, is_state, CASE
    WHEN is_state = 0 THEN
      [7, 10, 13, 15, 17, 19, 22, 24, 26, 29, 31, 34, 38, 42, 46, 52, 59, 69, 86, 125][place // 5 + 1]
    WHEN place < 10 THEN 20 + within % 40
    WHEN place < 35 THEN 60 + within % 50
    WHEN place < 65 THEN 110 + within % 50
    WHEN place < 75 THEN 160 + within % 8
    WHEN place < 85 THEN 168
    ELSE 169 + within % 168 END AS weekly_hours
  FROM decided
),
daily AS (
  SELECT *, weekly_hours * 60 // 7 // 15 * 15 AS care,
    CASE WHEN weekly_hours < 14 THEN 1 ELSE 0 END AS every_other_day,
    CASE WHEN roll(50, 'alike', recipient_id) = 0 THEN 1 ELSE 0 END AS is_alike
  FROM granted
),
-- Care beyond a day and night is a second assistant beside the first.
lanes AS (
  SELECT *, least(care * (1 + every_other_day), 1440) AS lane_1, greatest(care - 1440, 0) AS lane_2,
    CASE WHEN care = 1440 AND roll(3, 'midnight', recipient_id) > 0 THEN 1 ELSE 0 END AS by_night
  FROM daily
),
staffed AS (
  SELECT *, CASE by_night WHEN 1 THEN 4 ELSE (lane_1 + 539) // 540 END AS pieces_1, (lane_2 + 539) // 540 AS pieces_2,
    CASE WHEN lane_2 = 0 AND roll(100, 'tired', recipient_id) = 0 THEN 2
      ELSE greatest(2, (weekly_hours + 25) // 26) + roll(2, 'team', recipient_id) END AS team,
    roll(100, 'provider', recipient_id) AS place
  FROM lanes
),
-- Company 72 %, cooperative 6, own employer 5, municipality 17; with a municipal decision 50, 4, 3, 43.
provided AS (
  SELECT *, CASE WHEN place < CASE is_state WHEN 1 THEN 72 ELSE 50 END THEN 0
    WHEN place < CASE is_state WHEN 1 THEN 78 ELSE 54 END THEN 1
    WHEN place < CASE is_state WHEN 1 THEN 83 ELSE 57 END THEN 2 ELSE 3 END AS provider_kind
  FROM staffed
),
employed AS (
  SELECT *, CASE provider_kind WHEN 2 THEN 100000000 + recipient_id
      ELSE provider_kind * 10000000 + recipient_id // 20 END AS employer_id,
    CASE WHEN roll(100, 'death', recipient_id) = 0 THEN first_on + 31 + roll(300, 'died', recipient_id)
      ELSE 3000000 END AS died_on,
    CASE WHEN died_on < 3000000 THEN 0 ELSE 360 // (1 + every_other_day) * (pieces_1 + pieces_2) END AS rows_at_least
  FROM provided CROSS JOIN (SELECT min(work_on) AS first_on FROM day)
),
queued AS (
  SELECT *, coalesce(sum(rows_at_least) OVER (ORDER BY recipient_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS rows_before
  FROM employed
)
SELECT * EXCLUDE (place, rows_at_least, rows_before) FROM queued WHERE rows_before < getvariable('quota')
"""
"""Who they are: as many as it takes for a year of shifts to fill the quota."""

SHIFTS: Final = """
CREATE OR REPLACE TABLE piece AS
WITH laid AS (
  SELECT p.*, d.work_on, d.month, d.starts_at, n.n,
    CASE WHEN n.n < pieces_1 THEN n.n ELSE n.n - pieces_1 END AS nth,
    CASE WHEN n.n < pieces_1 THEN pieces_1 ELSE pieces_2 END AS pieces,
    CASE WHEN n.n < pieces_1 THEN lane_1 ELSE lane_2 END AS whole,
    -- Of four pieces the one from 22 belongs to whoever goes on after midnight.
    d.work_on * (pieces_1 + pieces_2 - by_night) + n.n AS turn
  FROM person p CROSS JOIN day d CROSS JOIN range(8) n(n)
  WHERE n.n < pieces_1 + pieces_2 AND d.month_from <= died_on
    AND (every_other_day = 0 OR (d.work_on + recipient_id) % 2 = 0)
),
timed AS (
  SELECT *, first_minute(whole, recipient_id, work_on, is_alike) AS begins,
    -- Now and then somebody stays on and takes the next shift as well.
    CASE WHEN n + 1 < pieces_1 - by_night AND roll(400, 'stays', recipient_id, part := turn) = 0
      THEN turn + 1 ELSE turn END AS taken
  FROM laid
)
SELECT recipient_id, employer_id, work_on, month, starts_at, n,
  recipient_id * 100 + taken % team AS assistant_id,
  CASE WHEN lane_1 = 1440 AND n IN (0, 3) AND n < pieces_1
    THEN [0, 0, 0, 0, 1, 1, 1, 1, 2, 2][roll(10, 'night', recipient_id) + 1] ELSE 0 END AS kind,
  begins + edge(nth, pieces, whole, by_night, recipient_id, work_on, is_alike) AS from_minute,
  begins + edge(nth + 1, pieces, whole, by_night, recipient_id, work_on, is_alike) AS to_minute
FROM timed;

CREATE OR REPLACE TABLE claimed AS
WITH sown AS (
  SELECT *, 0 AS fault FROM piece
  UNION ALL SELECT *, 1 FROM piece WHERE roll(2000, 'twice', recipient_id, part := work_on * 8 + n) = 0
  UNION ALL SELECT * REPLACE (from_minute + 60 AS from_minute), 2 FROM piece
    WHERE to_minute - from_minute > 60 AND roll(2000, 'overlap', recipient_id, part := work_on * 8 + n) = 0
  UNION ALL SELECT *, 3 FROM piece WHERE roll(2000, 'elsewhere', recipient_id, part := work_on * 8 + n) = 0
),
clocked AS (
  SELECT s.*, coalesce(f.shown_minute, from_minute) AS start_minute, coalesce(t.shown_minute, to_minute) AS end_minute,
    coalesce(f.latest_at, starts_at + from_minute) AS start_at,
    coalesce(t.earliest_at, starts_at + to_minute) AS end_at,
    greatest(coalesce(f.comes_twice, 0), coalesce(t.comes_twice, 0)) AS is_ambiguous
  FROM sown s
  LEFT JOIN clock f ON f.work_on = s.work_on AND f.clock_minute = s.from_minute
  LEFT JOIN clock t ON t.work_on = s.work_on AND t.clock_minute = s.to_minute
  WHERE start_at < end_at
)
SELECT *, getvariable('first_shift') + row_number() OVER (ORDER BY recipient_id, work_on, from_minute, n, fault)
    AS shift_id, recipient_id * 100000 + month AS claim_id
FROM clocked
QUALIFY shift_id <= getvariable('first_shift') + getvariable('quota')
"""
"""A year of shifts, a row per shift and day; among them some reported twice, overlapping, or at once elsewhere."""

RELATION_TEXTS: Final = {
    "shift": """
SELECT shift_id, claim_id, employer_id, assistant_id, kind, c.work_on, d.week, d.month, d.year,
  CASE fault WHEN 3 THEN 0 ELSE claim_id * 100 + assistant_id % 100 END AS report_id,
  CASE fault WHEN 3 THEN 500000000 ELSE 0 END + recipient_id AS recipient_id,
  CASE fault WHEN 3 THEN 0 ELSE 1 END AS is_judged,
  start_minute, end_minute, start_at, end_at, end_at - start_at AS minutes,
  minutes * [28, d.waiting_parts, d.standby_parts][kind + 1] AS parts,
  CASE kind WHEN 2 THEN 0 ELSE minutes END AS working_minutes,
  CASE kind WHEN 1 THEN minutes ELSE 0 END AS waiting_minutes,
  d.day_minutes, is_ambiguous
FROM claimed c JOIN day d ON d.work_on = c.work_on""",
    "report": """
SELECT report_id,
  CASE WHEN roll(400, 'unnamed', report_id) = 0 THEN 0 ELSE 1 END AS recipient_is_named,
  CASE WHEN roll(400, 'number', report_id) = 0 THEN 0 ELSE 1 END AS recipient_number_agrees,
  CASE WHEN roll(200, 'signed', report_id) = 0 THEN 0 ELSE 1 END AS assistant_has_signed,
  CASE WHEN roll(200, 'manager', report_id) = 0 THEN 0 ELSE 1 END AS manager_has_signed,
  1 AS manager_is_needed,
  CASE WHEN roll(300, 'manager_named', report_id) = 0 THEN 0 ELSE manager_has_signed END AS manager_is_known,
  CASE WHEN roll(300, 'mandate', report_id) = 0 THEN 0 ELSE manager_is_known END AS manager_has_mandate,
  CASE WHEN roll(5, 'stated', report_id) < 2 THEN 1 ELSE 0 END AS sums_are_stated,
  CASE WHEN sums_are_stated = 1 AND roll(200, 'sums', report_id) = 0 THEN 0 ELSE 1 END AS sums_agree
FROM (SELECT DISTINCT claim_id * 100 + assistant_id % 100 AS report_id FROM claimed WHERE fault < 3)""",
    "assistant": """
SELECT assistant_id,
  CASE WHEN roll(1000, 'birth', assistant_id) = 0 THEN 0 ELSE 1 END AS birth_is_known,
  CASE WHEN birth_is_known = 0 THEN 3000000
    WHEN roll(300, 'young', assistant_id) = 0 THEN first_on + roll(365, 'adult', assistant_id)
    ELSE first_on - roll(16000, 'age', assistant_id) END AS adult_on,
  CASE WHEN roll(500, 'residence', assistant_id) = 0 THEN 0 ELSE 1 END AS residence_is_known,
  CASE WHEN residence_is_known = 1 AND roll(1000, 'eea', assistant_id) = 0 THEN 1 ELSE 0 END AS lives_outside_eea,
  CASE roll(200, 'told', assistant_id) WHEN 0 THEN 3000000 WHEN 1 THEN first_on + roll(365, 'late', assistant_id)
    ELSE first_on - 30 - roll(3000, 'since', assistant_id) END AS registered_on,
  CASE WHEN roll(100, 'hired', assistant_id) = 0 THEN 0 ELSE 1 END AS limits_apply
FROM (SELECT DISTINCT assistant_id, first_on FROM claimed JOIN person USING (recipient_id))""",
    "incapacity": """
SELECT assistant_id, first_on + roll(350, 'unable', assistant_id) AS unable_from, unable_from + 14 AS unable_to
FROM (SELECT DISTINCT assistant_id, first_on FROM claimed JOIN person USING (recipient_id))
WHERE roll(500, 'ability', assistant_id) = 0""",
    "decision": """
WITH changed AS (
  SELECT recipient_id, first_on, roll(200, 'decision', recipient_id) AS place,
    first_on + 30 + roll(300, 'changed', recipient_id) AS change_on,
    CASE WHEN lane_2 > 0 AND roll(50, 'double', recipient_id) > 0 THEN 1 ELSE 0 END AS double_staffing
  FROM person
)
SELECT recipient_id, first_on - 700 AS granted_from, CASE WHEN place < 6 THEN change_on ELSE 3000000 END AS granted_to,
  double_staffing FROM changed
UNION ALL SELECT recipient_id, CASE place WHEN 0 THEN change_on + 28 ELSE change_on END, 3000000, double_staffing
FROM changed WHERE place < 6""",
    "absence": """
SELECT recipient_id, n AS kind, [d.starts_at + 600, d.starts_at + 510, d.starts_at + 510][n + 1] AS start_at,
  start_at + [2880, 360, 360][n + 1] AS end_at
FROM person CROSS JOIN range(3) n(n)
JOIN day d ON d.work_on = first_on + roll(350, 'away', recipient_id, part := n)
WHERE roll(100, 'absence', recipient_id, part := n) = 0""",
    "claim": """
SELECT claim_id, recipient_id, CASE WHEN provider_kind < 2 THEN 1 ELSE 0 END AS provider_is_required_to_have_permit,
  CASE WHEN roll(200, 'permit_told', employer_id) = 0 THEN 0 ELSE 1 END AS permit_is_known,
  first_on - 1000 AS permit_from,
  CASE WHEN roll(100, 'permit', employer_id) = 0 THEN first_on + 120 + roll(200, 'permit_end', employer_id)
    ELSE 3000000 END AS permit_to,
  CASE WHEN permit_to < 3000000 THEN permit_to + getvariable('grace_days') ELSE 0 END AS permit_grace_to,
  died_on, d.month_to + 2 + roll(9, 'received', claim_id) + CASE roll(50, 'handed_in', claim_id) WHEN 0 THEN 35 ELSE 0
    END AS received_on,
  CASE WHEN roll(200, 'due', claim_id) = 0 THEN 0 ELSE 1 END AS due_is_known,
  CASE due_is_known WHEN 1 THEN d.due_on ELSE 3000000 END AS due_on,
  CASE WHEN roll(30, 'agent', recipient_id) = 0 THEN 1 ELSE 0 END AS agent_is_used,
  CASE WHEN agent_is_used = 1 AND roll(10, 'registered', recipient_id) > 0 THEN 1 ELSE 0 END AS agent_is_registered,
  CASE agent_is_registered WHEN 1 THEN first_on - 100 ELSE 3000000 END AS agent_from,
  CASE WHEN agent_is_registered = 0 THEN 0 WHEN roll(10, 'agent_to', recipient_id) = 0 THEN first_on + 200
    ELSE 3000000 END AS agent_to,
  -- An hour a week is 60 × 28 parts over seven days: 240 a day.
  weekly_hours * 240 * (d.month_to - d.month_from) * CASE roll(50, 'less', claim_id) WHEN 0 THEN 9 ELSE 10 END // 10
    AS granted_parts,
  0 AS doubly_granted_parts,
  14 AS alike_days_needed
FROM (SELECT DISTINCT claim_id, recipient_id, month FROM claimed WHERE fault < 3)
JOIN person USING (recipient_id)
JOIN (SELECT DISTINCT month, month_from, month_to, due_on FROM day) d USING (month)""",
    "law": """
SELECT e.employer_id, limits.* EXCLUDE (employer_id, chosen)
FROM (SELECT DISTINCT employer_id, CASE WHEN provider_kind = 2 THEN 2 WHEN roll(100, 'limits', employer_id) = 0 THEN 3
    WHEN roll(5, 'by_month', employer_id) = 0 THEN 1 ELSE 0 END AS chosen FROM person) e
JOIN limits USING (chosen)""",
}
"""Each input relation of the facts, by name; the columns are put in order where it is written."""
