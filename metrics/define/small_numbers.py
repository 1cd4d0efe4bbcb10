"""How few is too few: every number below which something is greyed, counted instead of compared, or left unsaid.

One name for each meaning, though many share a value: changing one must not change another. What a statistical method
itself needs (points of a control chart, units of a funnel) stands with the method in metrics.methods.
"""

# What is shown and said of a single number, in cases of its whole
GREYED_BELOW = 5  # a rate is written in grey, drawn hollow or left uncoloured: one case moves it by a fifth
NAMED_FROM = 5  # people reached, or no unit is named for its rate
SCORED_FROM = 5  # a branch's rate earns no points below, unless the school's file says otherwise

# What is compared, in cases
CHANGE_FROM = 30  # below this many a change is noise: counts are shown instead of a percentage
CURVE_FROM = 30  # cases of a unit, or its survival curve says nothing
USUAL_RATE_FROM = 30  # cases of a branch's past, or what is usual for it is not known
RATE_NOW_FROM = 10  # cases of a branch's newest weeks, to be held against that past
CAMPAIGN_FROM = 5  # cases at a campaign's places, before and during together
NEAR_REPEAT_FROM = 30  # cases, or whether one brings the next cannot be learnt

# What stands out, in cases
CLUSTER_FROM = 3  # one or two cases are never a cluster
SILENCE_FROM = 3.0  # cases expected, or an empty week (or month) is nothing to speak of
REPEATED_FROM = 3  # times in one room before a place is listed
RARE_BELOW = 1.5  # cases an average week (or month) has: rarer ones are judged by the days between them
WEEKLY_SERIES_FROM = 5.0  # cases an average week must have: rarer series are judged by their gaps
LASTING_EXPECTED_FROM = 5  # cases expected of a building, or its standing difference is not judged
LASTING_PEERS_FROM = 20  # cases the others of its kind must have; how little they say is in the law itself
RARE_EVENTS_FROM = 4  # events, or there is no time between them to compare
NEW_IN_BUILDING_FROM = 5  # red lines newly crossed in one building that make it worth naming

# Among whom, in units
BRANCHES_FROM = 3  # branches a reader may see, or there is nothing to compare
PEER_BUILDINGS_FROM = 3  # buildings of one kind
SPREAD_FROM = 20  # buildings from which it can be learnt how much buildings differ

# Since when, in weeks and years
JUDGED_WEEKS_FROM = 4  # weeks of a baseline, or a week is not judged by it
LONG_BASELINE_FROM = 8  # weeks of a long baseline, or what a grid or a category usually brings is not known
ALIKE_WEEKS_FROM = 8  # weeks as much of a holiday or an opening as this one, or all of the phase are taken
LASTING_WEEKS_FROM = 8  # weeks before a difference is called lasting
LIVELY_WEEKS_FROM = 4  # weeks on record, or who has fallen silent is not said
FORECAST_WEEKS_FROM = 3  # weeks a level may rest on
SEASON_YEARS_FROM = 2  # one year is an anecdote
