"""Names of meanings → colours, and the few rules the theme file cannot express."""

INK, MUTED, LINE = "#1F2933", "#667085", "#D5DBE3"
SERIES = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
GOOD, BAD, WARNING, NEUTRAL = "#0B6E4F", "#B42318", "#B54708", "#667085"
ACCENT = "#B42318"  # brand marks only, never a data series
FONT = '"Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "Source Han Sans SC", sans-serif'

COLOURS_MEAN = "颜色的含义：红=变差 · 绿=变好 · 灰=正常波动；箭头表示方向，好坏以文字为准。"


CSS = f"""<style>
.st-key-headline p {{ font-size: 1.28rem; line-height: 1.6; font-weight: 600; color: {INK}; }}
.st-key-headline {{ border-left: 4px solid {ACCENT}; padding-left: .8rem; }}
[data-testid="stMainBlockContainer"] {{ padding-left: clamp(1rem, 3vw, 3rem); padding-right: clamp(1rem, 3vw, 3rem); }}
.st-key-health {{ column-gap: .35rem; row-gap: 0; }}
.st-key-health p {{ font-size: .9rem; color: {MUTED}; }}
[class*="st-key-"].st-key-health [data-testid="stPageLink"] a {{ padding: 0; min-height: 0; background: none; }}
[data-testid="stMain"] [data-testid="stPageLink"] p {{ color: {SERIES[0]}; text-decoration: underline; text-underline-offset: .2em; text-decoration-color: {LINE}; }}
[data-testid="stMain"] [data-testid="stPageLink"] a:hover p {{ text-decoration-color: currentColor; }}
[data-testid="stMain"] [data-testid="stCaptionContainer"] {{ opacity: 1; }}
[data-testid="stMain"] [data-testid="stCaptionContainer"] p {{ color: {MUTED}; opacity: 1; }}
[data-testid="stMain"] a:focus-visible {{ outline: 2px solid {SERIES[0]}; outline-offset: 2px; }}
[data-testid="stSidebarNavLink"]:focus-visible {{ outline: 2px solid {SERIES[0]}; outline-offset: -2px; }}
[data-testid="stButtonGroup"] button {{ min-height: 38px; }}
[class*="st-key-tile_"] {{ position: relative; }}
[data-testid="stVerticalBlock"][class*="st-key-tile_"]:not([class*="links"]) {{ padding: .7rem .9rem .5rem; }}
[class*="st-key-tile_"]:hover {{ border-color: {SERIES[0]}; }}
[class*="st-key-tile_links_"], [class*="st-key-tile_links_"] > div:first-child {{ position: static; }}
[class*="st-key-tile_links_"] {{ margin-top: -1.5rem; margin-left: auto; width: auto; justify-content: flex-end; }}
[class*="st-key-tile_links_"] a {{ padding: 0 .3rem; min-height: 0; position: static; }}
[class*="st-key-tile_links_"] > div:first-child a::after {{ content: ""; position: absolute; inset: 0; }}
[class*="st-key-tile_links_"] > div:last-child a {{ position: relative; }}
[class*="st-key-tile_links_"] a p {{ font-size: .8rem; color: {SERIES[0]}; }}
.tile-top, .tile-middle {{ display: flex; justify-content: space-between; align-items: center; gap: .5rem; }}
.tile-label {{ font-weight: 600; color: {INK}; }}
.tile-verdict {{ font-size: .82rem; border: 1px solid; border-radius: 3px; padding: 0 .4rem; white-space: nowrap; }}
.signal {{ display: flex; gap: .6rem; align-items: baseline; font-weight: 600; color: {INK}; line-height: 1.5; }}
[data-testid="stVerticalBlock"][class*="st-key-signal_"] {{ padding: .5rem .9rem; }}
.tile-number {{ font-size: 2rem; font-weight: 600; line-height: 1.25; color: {SERIES[0]}; white-space: nowrap; }}
.tile-number small {{ font-size: 1rem; font-weight: 400; color: {MUTED}; }}
.tile-line {{ font-size: .82rem; line-height: 1.5; color: {MUTED}; }}
.tile-line:last-child {{ padding-right: 11rem; min-height: 1.5em; }}
.unbroken {{ display: inline-block; }}
.tile-line-chart {{ flex: 0 1 auto; min-width: 90px; }}
/* Streamlit's own words that a reader can see, in Chinese; buttons that only speak English are left out. */
[data-testid="stElementToolbar"] {{ display: none; }}
[data-testid="stDateInputQuickSelect"] {{ display: none; }}
[data-testid="stSkipToContent"], [data-key="__select_all__"] > div, [role="option"][style*="contents"] > span {{ font-size: 0; }}
[data-testid="stSkipToContent"]::after, [data-key="__select_all__"] > div::after, [role="option"][style*="contents"] > span::after {{ font-size: .9rem; }}
[data-testid="stSkipToContent"]::after {{ content: "跳到正文"; }}
[data-key="__select_all__"] > div::after {{ content: "全选"; }}
[role="option"][style*="contents"] > span::after {{ content: "没有这样的选项"; }}
/* The only dialogs are Streamlit's own, about a lost connection. */
[data-testid="stDialog"] h2, [data-testid="stDialog"] section > div:last-child > div {{ font-size: 0; }}
[data-testid="stDialog"] h2::after {{ content: "连接中断"; font-size: 1.2rem; }}
[data-testid="stDialog"] section > div:last-child > div::after {{
  content: "与服务器的连接断了，已显示的内容仍可看。请稍后刷新本页；仍不行时请管理员确认服务器在运行。"; font-size: 1rem; }}
/* Of a column's menu the two orders stay. */
[role="menu"][aria-label="Dataframe column menu"] > :not(:nth-child(2)):not(:nth-child(3)) {{ display: none; }}
[role="menu"][aria-label="Dataframe column menu"] > * {{ font-size: 0; }}
[role="menu"][aria-label="Dataframe column menu"] > ::after {{ font-size: .9rem; margin-left: .3rem; }}
[role="menu"][aria-label="Dataframe column menu"] > :nth-child(2)::after {{ content: "从小到大"; }}
[role="menu"][aria-label="Dataframe column menu"] > :nth-child(3)::after {{ content: "从大到小"; }}
</style>"""
