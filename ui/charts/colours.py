"""Names of colours, for charts on the screen and in print alike. Knows no library."""

SERIES = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
GOOD, BAD, WARNING, NEUTRAL = "#0B6E4F", "#B42318", "#B54708", "#667085"
INK, FAINT, RULE, SHADE, PAPER = "#1F2933", "#98A2B3", "#D0D5DD", "#F2F4F7", "#FFFFFF"
