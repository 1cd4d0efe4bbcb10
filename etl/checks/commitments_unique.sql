-- 网格、品牌、共建、责任状、督办、行动、荣誉或积分有重复的编号
SELECT '网格走访', visit_id FROM grid_visits GROUP BY visit_id HAVING count(*) > 1 OR visit_id IS NULL
UNION ALL SELECT '品牌计划', plan_id FROM brand_plans GROUP BY plan_id HAVING count(*) > 1 OR plan_id IS NULL
UNION ALL SELECT '品牌任务', task_id FROM brand_tasks GROUP BY task_id HAVING count(*) > 1 OR task_id IS NULL
UNION ALL SELECT '支部活动', activity_id FROM activities GROUP BY activity_id HAVING count(*) > 1 OR activity_id IS NULL
UNION ALL SELECT '结对', pairing_id FROM pairings GROUP BY pairing_id HAVING count(*) > 1 OR pairing_id IS NULL
UNION ALL SELECT '结对学期', pairing_term_id FROM pairing_terms GROUP BY pairing_term_id HAVING count(*) > 1 OR pairing_term_id IS NULL
UNION ALL SELECT '共建行动', action_id FROM joint_actions GROUP BY action_id HAVING count(*) > 1 OR action_id IS NULL
UNION ALL SELECT '责任状', pledge_id FROM pledges GROUP BY pledge_id HAVING count(*) > 1 OR pledge_id IS NULL
UNION ALL SELECT '督办', assignment_id FROM assignments GROUP BY assignment_id HAVING count(*) > 1 OR assignment_id IS NULL
UNION ALL SELECT '专项行动', campaign_id FROM campaigns GROUP BY campaign_id HAVING count(*) > 1 OR campaign_id IS NULL
UNION ALL SELECT '行动地点', campaign_place_id FROM campaign_places GROUP BY campaign_place_id HAVING count(*) > 1 OR campaign_place_id IS NULL
UNION ALL SELECT '表彰荣誉', honour_id FROM honours GROUP BY honour_id HAVING count(*) > 1 OR honour_id IS NULL
UNION ALL SELECT '积分', point_id FROM points GROUP BY point_id HAVING count(*) > 1 OR point_id IS NULL
