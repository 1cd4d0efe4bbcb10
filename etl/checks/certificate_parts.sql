-- 持证岗位的部分超出了整体
SELECT duty_id FROM certificate_duties
WHERE is_valid::INTEGER + is_lacking::INTEGER <> is_current::INTEGER OR is_expired > is_lacking
   OR is_expiring_30 > is_expiring_60 OR is_expiring_60 > is_expiring_90 OR is_expiring_90 > is_valid
