"""The facts, derived: one text per grain, the same on SQLite, DuckDB, Spark and PostgreSQL.

What looks sideways is a window here, so that a rule needs nothing but the one record it judges:

- `earlier_end_…` is the latest end among the shifts that began before (not the previous row's end: a long shift
  hides the overlaps behind it from `LAG`);
- `next_end_at` closes the time elsewhere when one shift alone lies inside this one; with more, it runs to the end;
- `spell_start_at` is the latest start after a rest that was long enough, which is what the rest rules are about;
- `copy_number` counts identical rows, those of other claims first.

Only integers, only `CASE`, `COALESCE`, joins and windows. No division: engines differ in it.
"""

from typing import Final

SHIFT_FACTS: Final = """
WITH sideways AS (
  SELECT shift_id, assistant_id, employer_id, work_on, start_at, end_at,
    COALESCE(MAX(end_at) OVER (PARTITION BY assistant_id ORDER BY start_at, end_at, shift_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), -3000000000) AS earlier_end_at,
    COALESCE(MAX(end_at) OVER (PARTITION BY assistant_id, recipient_id ORDER BY start_at, end_at, shift_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), -3000000000) AS earlier_end_here_at,
    COALESCE(MAX(CASE WHEN kind < 2 THEN end_at ELSE -3000000000 END) OVER (
      PARTITION BY recipient_id ORDER BY start_at, end_at, shift_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), -3000000000) AS earlier_end_of_anyone_at,
    COALESCE(MAX(CASE WHEN kind < 2 THEN end_at ELSE -3000000000 END) OVER (
      PARTITION BY assistant_id, recipient_id ORDER BY start_at, end_at, shift_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), -3000000000) AS earlier_end_of_hers_at,
    COALESCE(LEAD(start_at) OVER (PARTITION BY assistant_id ORDER BY start_at, end_at, shift_id),
      3000000000) AS next_start_at,
    COALESCE(LEAD(end_at) OVER (PARTITION BY assistant_id ORDER BY start_at, end_at, shift_id),
      3000000000) AS next_end_at,
    COALESCE(LEAD(start_at, 2) OVER (PARTITION BY assistant_id ORDER BY start_at, end_at, shift_id),
      3000000000) AS second_start_at,
    COALESCE(LEAD(start_at) OVER (PARTITION BY assistant_id, recipient_id ORDER BY start_at, end_at, shift_id),
      3000000000) AS next_start_here_at,
    ROW_NUMBER() OVER (PARTITION BY assistant_id, recipient_id, kind, start_at, end_at
      ORDER BY is_judged, shift_id) AS copy_number,
    SUM(minutes) OVER (PARTITION BY assistant_id, work_on ORDER BY start_at, end_at, shift_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS minutes_that_day,
    SUM(working_minutes) OVER (PARTITION BY assistant_id, employer_id, month ORDER BY start_at, end_at, shift_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS month_minutes,
    SUM(working_minutes) OVER (PARTITION BY assistant_id, employer_id, year ORDER BY start_at, end_at, shift_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS year_minutes
  FROM shift
),
rested AS (
  SELECT w.*, l.limits_are_known, l.month_limit_minutes, l.year_limit_minutes, l.counts_by_month,
    l.longest_spell_minutes,
    MAX(CASE WHEN w.start_at - w.earlier_end_at >= 1440 - l.longest_spell_minutes THEN w.start_at
      ELSE -3000000000 END) OVER (PARTITION BY w.assistant_id ORDER BY w.start_at, w.end_at, w.shift_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS spell_start_at
  FROM sideways w
  JOIN law l ON l.employer_id = w.employer_id AND w.work_on >= l.law_from AND w.work_on < l.law_to
),
granted AS (
  SELECT s.shift_id, COUNT(*) AS decisions, MAX(d.double_staffing) AS double_staffing
  FROM shift s
  JOIN decision d ON d.recipient_id = s.recipient_id AND s.work_on >= d.granted_from AND s.work_on < d.granted_to
  GROUP BY s.shift_id
),
unable AS (
  SELECT s.shift_id, COUNT(*) AS assessments
  FROM shift s
  JOIN incapacity i ON i.assistant_id = s.assistant_id AND s.work_on >= i.unable_from AND s.work_on < i.unable_to
  GROUP BY s.shift_id
),
away AS (
  SELECT s.shift_id, a.kind,
    MIN(CASE WHEN a.start_at > s.start_at THEN a.start_at ELSE s.start_at END) AS away_from_at,
    MAX(CASE WHEN a.end_at < s.end_at THEN a.end_at ELSE s.end_at END) AS away_to_at
  FROM shift s
  JOIN absence a ON a.recipient_id = s.recipient_id AND a.start_at < s.end_at AND a.end_at > s.start_at
  GROUP BY s.shift_id, a.kind
)
SELECT
  s.shift_id, s.claim_id, s.report_id, s.recipient_id, s.assistant_id, s.employer_id, s.kind,
  s.work_on, s.week, s.start_minute, s.end_minute, s.start_at, s.end_at, s.minutes, s.parts,
  s.working_minutes, s.day_minutes, s.is_ambiguous,
  r.recipient_is_named, r.recipient_number_agrees, r.assistant_has_signed, r.manager_has_signed,
  r.manager_is_needed, r.manager_is_known, r.manager_has_mandate, r.sums_are_stated, r.sums_agree,
  a.birth_is_known, a.adult_on, a.residence_is_known, a.lives_outside_eea, a.registered_on, a.limits_apply,
  CASE WHEN u.assessments IS NULL THEN 0 ELSE 1 END AS is_unable,
  CASE WHEN g.decisions IS NULL THEN 0 ELSE 1 END AS has_decision,
  COALESCE(g.double_staffing, 0) AS double_staffing,
  CASE WHEN h.shift_id IS NULL THEN 0 ELSE 1 END AS is_in_hospital,
  COALESCE(h.away_from_at, s.start_at) AS hospital_from_at, COALESCE(h.away_to_at, s.start_at) AS hospital_to_at,
  CASE WHEN k.shift_id IS NULL THEN 0 ELSE 1 END AS is_in_school,
  COALESCE(k.away_from_at, s.start_at) AS school_from_at, COALESCE(k.away_to_at, s.start_at) AS school_to_at,
  CASE WHEN t.shift_id IS NULL THEN 0 ELSE 1 END AS is_in_daily_activity,
  COALESCE(t.away_from_at, s.start_at) AS activity_from_at, COALESCE(t.away_to_at, s.start_at) AS activity_to_at,
  c.provider_is_required_to_have_permit, c.permit_is_known, c.permit_from, c.permit_to, c.permit_grace_to,
  c.died_on,
  w.earlier_end_here_at,
  CASE WHEN w.earlier_end_here_at < s.end_at THEN w.earlier_end_here_at ELSE s.end_at END AS overlap_to_at,
  CASE WHEN w.earlier_end_at > s.start_at AND w.earlier_end_at > w.earlier_end_here_at THEN 1
       WHEN w.next_start_at < s.end_at AND w.next_start_at < w.next_start_here_at THEN 1
       ELSE 0 END AS is_elsewhere,
  CASE WHEN w.earlier_end_at > s.start_at AND w.earlier_end_at > w.earlier_end_here_at THEN s.start_at
       WHEN w.next_start_at < s.end_at AND w.next_start_at < w.next_start_here_at THEN w.next_start_at
       ELSE s.start_at END AS elsewhere_from_at,
  CASE WHEN w.next_start_at < s.end_at AND w.next_start_at < w.next_start_here_at
         THEN CASE WHEN w.next_end_at < s.end_at AND w.second_start_at >= s.end_at
                        AND (w.earlier_end_at <= w.next_end_at OR w.earlier_end_at <= w.earlier_end_here_at)
                   THEN w.next_end_at ELSE s.end_at END
       WHEN w.earlier_end_at > s.start_at AND w.earlier_end_at > w.earlier_end_here_at
         THEN CASE WHEN w.earlier_end_at < s.end_at THEN w.earlier_end_at ELSE s.end_at END
       ELSE s.start_at END AS elsewhere_to_at,
  CASE WHEN s.kind < 2 AND w.earlier_end_of_anyone_at > s.start_at
            AND w.earlier_end_of_anyone_at > w.earlier_end_of_hers_at THEN 1 ELSE 0 END AS is_beside_another,
  CASE WHEN w.earlier_end_of_anyone_at < s.end_at THEN w.earlier_end_of_anyone_at ELSE s.end_at END AS beside_to_at,
  w.copy_number, w.minutes_that_day,
  w.limits_are_known, w.month_minutes, w.month_limit_minutes, w.year_minutes, w.year_limit_minutes,
  w.counts_by_month,
  s.end_at - w.spell_start_at AS spell_minutes, w.longest_spell_minutes
FROM shift s
JOIN rested w ON w.shift_id = s.shift_id
JOIN claim c ON c.claim_id = s.claim_id
JOIN report r ON r.report_id = s.report_id
JOIN assistant a ON a.assistant_id = s.assistant_id
LEFT JOIN granted g ON g.shift_id = s.shift_id
LEFT JOIN unable u ON u.shift_id = s.shift_id
LEFT JOIN away h ON h.shift_id = s.shift_id AND h.kind = 0
LEFT JOIN away k ON k.shift_id = s.shift_id AND k.kind = 1
LEFT JOIN away t ON t.shift_id = s.shift_id AND t.kind = 2
WHERE s.is_judged = 1
"""

WEEK_FACTS: Final = """
WITH sideways AS (
  SELECT shift_id, claim_id, assistant_id, employer_id, is_judged, work_on, week, start_at, end_at, working_minutes,
    waiting_minutes,
    COALESCE(MAX(end_at) OVER (PARTITION BY assistant_id ORDER BY start_at, end_at, shift_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), -3000000000) AS earlier_end_at
  FROM shift
),
timed AS (
  SELECT w.*, w.end_at - MAX(CASE WHEN w.start_at - w.earlier_end_at >= 10080 - l.longest_week_spell_minutes
      THEN w.start_at ELSE -3000000000 END) OVER (PARTITION BY w.assistant_id ORDER BY w.start_at, w.end_at, w.shift_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS week_spell_minutes
  FROM sideways w
  JOIN law l ON l.employer_id = w.employer_id AND w.work_on >= l.law_from AND w.work_on < l.law_to
),
weekly AS (
  SELECT assistant_id, employer_id, week,
    MAX(is_judged) AS is_judged,
    MAX(CASE WHEN is_judged = 1 THEN claim_id ELSE 0 END) AS claim_id,
    MIN(work_on) AS work_on,
    SUM(working_minutes) AS week_minutes,
    SUM(waiting_minutes) AS waiting_week_minutes,
    MAX(week_spell_minutes) AS week_spell_minutes
  FROM timed
  GROUP BY assistant_id, employer_id, week
),
windowed AS (
  SELECT weekly.*,
    SUM(week_minutes) OVER (PARTITION BY assistant_id, employer_id ORDER BY week
      RANGE BETWEEN 3 PRECEDING AND CURRENT ROW) AS four_weeks_minutes,
    SUM(waiting_week_minutes) OVER (PARTITION BY assistant_id, employer_id ORDER BY week
      RANGE BETWEEN 3 PRECEDING AND CURRENT ROW) AS waiting_four_weeks_minutes,
    SUM(week_minutes) OVER (PARTITION BY assistant_id, employer_id ORDER BY week
      RANGE BETWEEN 16 PRECEDING AND CURRENT ROW) AS seventeen_weeks_minutes
  FROM weekly
)
SELECT w.claim_id, w.assistant_id, w.employer_id, w.week, w.work_on, w.week_minutes, w.four_weeks_minutes,
  l.four_weeks_limit_minutes + CASE WHEN w.waiting_four_weeks_minutes < l.waiting_four_weeks_limit_minutes
       THEN w.waiting_four_weeks_minutes ELSE l.waiting_four_weeks_limit_minutes END AS four_weeks_allowed_minutes,
  w.seventeen_weeks_minutes, w.week_spell_minutes, l.limits_are_known, l.week_limit_minutes,
  l.counts_by_month, l.average_is_limited, l.average_limit_minutes,
  l.longest_week_spell_minutes
FROM windowed w
JOIN law l ON l.employer_id = w.employer_id AND w.work_on >= l.law_from AND w.work_on < l.law_to
WHERE w.is_judged = 1
"""

CLAIM_FACTS: Final = """
WITH alike AS (
  SELECT claim_id, assistant_id, start_minute, end_minute, COUNT(DISTINCT work_on) AS alike_days
  FROM shift WHERE is_judged = 1
  GROUP BY claim_id, assistant_id, start_minute, end_minute
),
worked AS (
  SELECT claim_id, assistant_id, COUNT(DISTINCT work_on) AS worked_days, COUNT(*) AS worked_shifts
  FROM shift WHERE is_judged = 1
  GROUP BY claim_id, assistant_id
),
patterned AS (
  SELECT w.claim_id, MAX(w.worked_days) AS alike_days
  FROM worked w
  JOIN alike a ON a.claim_id = w.claim_id AND a.assistant_id = w.assistant_id
    AND a.alike_days = w.worked_days AND a.alike_days = w.worked_shifts
  GROUP BY w.claim_id
),
summed AS (
  SELECT claim_id, MIN(work_on) AS work_on, SUM(parts) AS reported_parts, SUM(minutes) AS reported_minutes
  FROM shift WHERE is_judged = 1
  GROUP BY claim_id
)
SELECT c.claim_id, s.work_on, s.reported_parts, s.reported_minutes, c.granted_parts, c.doubly_granted_parts,
  s.reported_parts - c.doubly_granted_parts AS municipal_parts, c.received_on, c.due_is_known,
  c.due_on, c.agent_is_used, c.agent_is_registered, c.agent_from, c.agent_to,
  COALESCE(p.alike_days, 0) AS alike_days, c.alike_days_needed
FROM claim c
JOIN summed s ON s.claim_id = c.claim_id
LEFT JOIN patterned p ON p.claim_id = c.claim_id
"""
