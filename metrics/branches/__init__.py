"""一支部一品牌: what each branch promised, did and achieved, compared fairly."""
