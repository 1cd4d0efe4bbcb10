"""What a review page says on paper alone; with this line on it, paper.css leaves out the menu, the controls and the
charts."""

NOTE = '<p class="paper-only">这里印的是文字和数字；带图的整本见“评议册”（Word、PDF）。</p>'
