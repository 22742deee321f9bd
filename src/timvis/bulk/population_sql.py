"""The synthetic population, as SQL for DuckDB: persons, their months, the faults that are sown, the relations.

Every choice is `roll(sides, what, key, part)`: a whole number from 0, always the same for the same seed, name and
key. The shares are those of official statistics on personal assistance (year 2022–2023 where nothing else is
said); the mix of hours within them, the rhythm of shifts and the rates of faults are assumptions of ours.

The variables `seed`, `part`, `parts`, `quota`, `first_shift` and `pool` are set for each part before its texts run.
"""

from typing import Final

MACROS: Final = """
CREATE MACRO scrambled(x) AS xor(x, x >> 15) * 69621 % 2147483647;
CREATE MACRO again(x) AS xor(x, x >> 13) * 39373 % 2147483647;
CREATE MACRO salted(what) AS (md5_number_lower(getvariable('seed') || what) % 2147483647)::BIGINT;
CREATE MACRO roll(sides, what, a, b := 0) AS
  again(scrambled((a % 2147483647 * 48271 + b % 2147483647 * 40692 + salted(what)) % 2147483647)) // 7 % sides;
CREATE MACRO first_minute(whole, recipient, on_day, is_alike) AS CASE WHEN whole = 1440 THEN 0 ELSE least(
  1440 - whole, 360 + 15 * roll(13, 'morning', recipient) + 15 * (1 - is_alike) * roll(3, 'late', recipient, on_day))
  END;
CREATE MACRO edge(n, pieces, whole, by_night, recipient, on_day, is_alike) AS CASE WHEN n = 0 THEN 0
  WHEN n = pieces THEN whole
  ELSE CASE WHEN by_night = 0 THEN whole * n // pieces // 15 * 15 ELSE [420, 870, 1320][n] END
    + 15 * (1 - is_alike) * (roll(3, 'edge', recipient, on_day * 8 + n) - 1) END;
"""
"""How chance, the day's first minute and the minutes between two shifts are told."""

PERSONS: Final = """
CREATE OR REPLACE TABLE person AS
WITH numbered AS (
  SELECT i * getvariable('parts') + getvariable('part') + 1 AS recipient_id FROM range(getvariable('pool')) t(i)
),
-- 13 500 with the state's decision and 4 900 with the municipality's.
decided AS (
  SELECT recipient_id, (roll(184, 'regime', recipient_id) < 135)::BIGINT AS is_state,
    roll(100, 'hours', recipient_id) AS place, roll(1000, 'within', recipient_id) AS within
  FROM numbered
),
-- The state's: mean 137 hours a week, one in ten with exactly 168. The municipality's: median 30, 6 to 100.
granted AS (
  SELECT recipient_id, is_state, CASE
    WHEN is_state = 0 THEN [7, 10, 13, 15, 17, 19, 22, 24, 26, 29, 31, 34, 38, 42, 46, 52, 59, 69, 86, 125]
      [place // 5 + 1]
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
    (weekly_hours < 14)::BIGINT AS every_other_day,
    (roll(50, 'alike', recipient_id) = 0)::BIGINT AS is_alike,
    (roll(100, 'tired', recipient_id) = 0)::BIGINT AS is_tired
  FROM granted
),
lanes AS (
  SELECT *, least(care * (1 + every_other_day), 1440) AS lane_1,
    greatest(least(care - 1440, 1440), 0) AS lane_2,
    (care >= 1440 AND roll(3, 'midnight', recipient_id) = 0)::BIGINT AS by_night
  FROM daily
),
staffed AS (
  SELECT *, CASE WHEN by_night = 1 THEN 4 ELSE (lane_1 + 539) // 540 END AS pieces_1,
    (lane_2 + 539) // 540 AS pieces_2,
    CASE WHEN is_tired = 1 AND lane_2 = 0 THEN 2
         ELSE greatest(2, (weekly_hours + 25) // 26) + roll(2, 'team', recipient_id) END AS team,
    roll(100, 'provider', recipient_id) AS chosen
  FROM lanes
),
-- Of the state's: company 72 %, cooperative 6, own employer 5, municipality 17; of the municipality's 50, 4, 3, 43.
provided AS (
  SELECT *, CASE WHEN chosen < CASE is_state WHEN 1 THEN 72 ELSE 50 END THEN 0
                 WHEN chosen < CASE is_state WHEN 1 THEN 78 ELSE 54 END THEN 1
                 WHEN chosen < CASE is_state WHEN 1 THEN 83 ELSE 57 END THEN 2
                 ELSE 3 END AS provider_kind
  FROM staffed
),
employed AS (
  SELECT *, CASE provider_kind WHEN 2 THEN 100000000 + recipient_id
    ELSE provider_kind * 1000000 + recipient_id // getvariable('parts') // 20 END AS employer_id
  FROM provided
),
counted AS (
  SELECT *, CASE WHEN roll(100, 'death', recipient_id) = 0 THEN first.work_on + 31 + roll(300, 'died', recipient_id)
                 ELSE 3000000 END AS died_on,
    31 * (pieces_1 + pieces_2) // (1 + every_other_day) AS least_rows
  FROM employed CROSS JOIN (SELECT min(work_on) AS work_on FROM day) first
),
placed AS (
  SELECT *, sum(CASE WHEN died_on = 3000000 THEN least_rows * 11 ELSE 0 END)
    OVER (ORDER BY recipient_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS rows_before
  FROM counted
)
SELECT * EXCLUDE (rows_before, least_rows) FROM placed WHERE coalesce(rows_before, 0) < getvariable('quota')
"""
"""Who they are: enough of them, in the order of their numbers, to fill the part's quota of shifts in a year."""

PIECES: Final = """
CREATE OR REPLACE TABLE piece AS
WITH months AS (
  SELECT p.*, d.work_on, d.month_number, d.starts_at,
    CASE WHEN n.n < pieces_1 THEN lane_1 ELSE lane_2 END AS whole,
    CASE WHEN n.n < pieces_1 THEN pieces_1 ELSE pieces_2 END AS pieces,
    CASE WHEN n.n < pieces_1 THEN n.n ELSE n.n - pieces_1 END AS piece,
    CASE WHEN n.n < pieces_1 THEN by_night ELSE 0 END AS lane_by_night,
    -- Four pieces by night turn over three assistants: the one who begins at 22 goes on after midnight.
    d.work_on * (pieces_1 + pieces_2 - by_night) + n.n AS turn, n.n
  FROM person p CROSS JOIN day d CROSS JOIN range(8) n(n)
  WHERE n.n < pieces_1 + pieces_2 AND d.month_from <= died_on
    AND (every_other_day = 0 OR (d.work_on + recipient_id) % 2 = 0)
),
timed AS (
  SELECT *, first_minute(whole, recipient_id, work_on, is_alike) AS begins,
    -- Now and then somebody stays on for the next shift as well.
    turn + (n + 1 < pieces_1 - by_night AND roll(400, 'stays', recipient_id, turn) = 0)::BIGINT AS taken
  FROM months
)
SELECT recipient_id, employer_id, work_on, month_number, starts_at, n,
  recipient_id * 100 + taken % team AS assistant_id,
  CASE WHEN n < pieces_1 AND lane_1 = 1440 AND piece IN (0, 3)
       THEN [0, 0, 0, 0, 1, 1, 1, 1, 2, 2][roll(10, 'night', recipient_id) + 1] ELSE 0 END AS kind,
  begins + edge(piece, pieces, whole, lane_by_night, recipient_id, work_on, is_alike) AS from_minute,
  begins + edge(piece + 1, pieces, whole, lane_by_night, recipient_id, work_on, is_alike) AS to_minute,
  0 AS fault
FROM timed
"""
"""Their year of shifts, one row per shift and day, before anything is wrong with them."""

FAULTS: Final = """
INSERT INTO piece SELECT * REPLACE (1 AS fault) FROM piece WHERE fault = 0 AND roll(2000, 'twice', recipient_id, turn_of);
"""

CLAIMED: Final = """
CREATE OR REPLACE TABLE claimed AS
WITH sown AS (
  SELECT * FROM piece
  UNION ALL SELECT * REPLACE (1 AS fault) FROM piece WHERE roll(2000, 'copy', recipient_id, work_on * 8 + n) = 0
  UNION ALL SELECT * REPLACE (2 AS fault, from_minute + 60 AS from_minute) FROM piece
    WHERE roll(2000, 'overlap', recipient_id, work_on * 8 + n) = 0 AND to_minute - from_minute > 60
  UNION ALL SELECT * REPLACE (3 AS fault) FROM piece
    WHERE roll(2000, 'elsewhere', recipient_id, work_on * 8 + n) = 0
),
clocked AS (
  SELECT s.*, coalesce(f.start_minute, from_minute) AS start_minute, coalesce(t.end_minute, to_minute) AS end_minute,
    coalesce(f.start_at, starts_at + from_minute) AS start_at, coalesce(t.end_at, starts_at + to_minute) AS end_at,
    greatest(coalesce(f.is_twice, 0), coalesce(t.is_twice, 0)) AS is_ambiguous
  FROM sown s
  LEFT JOIN clock f ON f.work_on = s.work_on AND f.clock_minute = s.from_minute
  LEFT JOIN clock t ON t.work_on = s.work_on AND t.clock_minute = s.to_minute
)
SELECT row_number() OVER (ORDER BY recipient_id, work_on, from_minute, n, fault) AS place, *
FROM clocked WHERE start_at < end_at
"""
