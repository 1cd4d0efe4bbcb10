"""The pages by key. The key is the address; nothing here knows how a page is drawn."""

# key → the file Streamlit calls it by, its name in the menu, the question it answers
PAGES = {
    "weekly": ("pages/meeting/weekly.py", "周例会", "这一周安全吗？什么真的变了，什么逾期，归谁负责。"),
    "actions": ("pages/meeting/actions.py", "督办", "交办的事办了没有，有没有见效，由记录核验。"),
    "red_lines": ("pages/meeting/red_lines.py", "红线", "本周新增和一直没有销号的红线问题，每一起在哪里、归谁。"),
    "cadences": ("pages/meeting/cadences.py", "法定频次", "法规要求定期做的事，哪一处该做、做了没有、下次最迟哪天。"),
    "zero_report": ("pages/meeting/zero_report.py", "零报告", "不得发生的事多少天没有发生，零是真的没有还是没有人报。"),
    "trends": ("pages/safety/trends.py", "趋势", "任一指标按周或按月的走势，附正常波动范围。"),
    "campus_map": ("pages/safety/campus_map.py", "校园地图", "校园里哪里多、哪里少，深的颜色是不是偶然。"),
    "building": ("pages/safety/building.py", "楼宇画像", "这一栋楼现在怎样，什么时候、哪一层、哪一类，欠着什么。"),
    "buildings": ("pages/safety/buildings.py", "楼宇热力", "哪栋楼、什么时候、什么类别偏多。"),
    "grids": ("pages/safety/grids.py", "网格热力", "哪个网格、什么时候、什么类别偏多。"),
    "repeats": (
        "pages/safety/repeats.py",
        "反复与快慢",
        "哪里同一类事一再发生，哪些隐患销号后又出现，哪个部门办得慢。",
    ),
    "grid_work": ("pages/safety/grid_work.py", "微网格", "七项职责做了哪些，每个网格员承担多少，哪个网格没有动静。"),
    "duty": ("pages/safety/duty.py", "值守与检查", "门口有没有人，巡查到没到，检查有没有查出东西。"),
    "incidents": ("pages/safety/incidents.py", "案事件与反诈", "发生了什么，人到得快不快，骗了多少、劝住了多少。"),
    "ladder": ("pages/safety/ladder.py", "小事一格", "事情在哪一级解决，停了多久，有没有又冒出来。"),
    "services": ("pages/safety/services.py", "服务", "师生提的事，认领了吗、办成了吗、按时吗；哪个渠道、哪个支部。"),
    "surveys": ("pages/safety/surveys.py", "安全感调查", "师生觉得安全吗、满意吗，有多少人回答。"),
    "drills": ("pages/safety/drills.py", "演练与培训", "该练的练了吗，该会的会了吗，证过期了没有。"),
    "branches": ("pages/party/branches.py", "支部总览", "哪个支部真的不同，先与自己的过去比。"),
    "branch": ("pages/party/branch.py", "支部画像", "一个支部答应了什么、做了什么、有什么依据、见没见效。"),
    "commitments": ("pages/party/commitments.py", "责任与共建", "责任状签了没有，结对有没有行动，交办的办完没有。"),
    "campaigns": ("pages/explore/campaigns.py", "干预评估", "专项行动有没有用，行动前、中、后与同类楼宇比。"),
    "explorer": (
        "pages/explore/explorer.py",
        "探索",
        "任一指标按任两个维度分，两段时间、两处地点并排比，可保存和分享。",
    ),
    "records": ("pages/explore/records.py", "下钻", "任一数字背后的记录，和一条记录的来龙去脉。"),
    "query": ("pages/explore/query.py", "查询", "用一条只读的 SQL 问任何问题，结果成表、成图、可带走。"),
    "quality": ("pages/explore/quality.py", "数据体检", "文件、行数、拒收原因、更新是否及时。"),
    "glossary": ("pages/explore/glossary.py", "指标说明", "每个指标怎么算、算谁、依据是什么。"),
}
FILES = {key: file for key, (file, _, _) in PAGES.items()}
