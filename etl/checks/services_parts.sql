-- 服务的部分超出了整体
SELECT service_id FROM services
WHERE (has_people OR has_branch) > is_service OR (is_service AND is_cancelled)
    OR (is_service AND has_people AND has_branch AND is_cancelled) IS NULL OR status NOT IN ('done', 'planned', 'void')
