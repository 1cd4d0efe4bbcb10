"""What a review page leaves out on paper: the menu, the controls, and charts, which a browser cuts when it prints; the book has them."""

CSS = """<style>
.paper-only{display:none}
@page{size:A4;margin:14mm 12mm 16mm;@bottom-center{content:"第 " counter(page) " / " counter(pages) " 页";font-size:9pt}}
@media print{
[data-testid="stSidebar"],[data-testid="stHeader"],[data-testid="stToolbar"],[data-testid="stSidebarCollapsedControl"],[data-testid="stPageLink"],
.st-key-review_bar,.st-key-choice_metric,.st-key-brand,.st-key-past_part{display:none!important}
html,body,#root,.stApp,[data-testid="stAppViewContainer"],[data-testid="stMain"],[data-testid="stMainBlockContainer"]{
position:static!important;display:block!important;overflow:visible!important;height:auto!important;padding:0!important;margin:0!important;background:#fff!important}
[data-testid="stMainBlockContainer"]{max-width:none!important}
[data-testid="stElementContainer"]:has(.stPlotlyChart),.st-key-choice_metric{display:none!important}.paper-only{display:block}
[class*="st-key-story_"],.st-key-campaign_card{break-inside:avoid}h3{break-after:avoid}
}
</style><p class="paper-only">这里印的是文字和数字；带图的整本见“评议册”（Word、PDF）。</p>"""
