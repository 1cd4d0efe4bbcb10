-- 法定要求的部分超出了整体
SELECT obligation_id FROM obligations
WHERE (is_due > is_begun) OR (is_missed <> (is_due AND NOT is_met)) OR (is_met <> (done_at IS NOT NULL)) OR (is_due AND is_met AND is_begun) IS NULL
