"""What the weekly meeting is held with: 周例会, 红线, 法定频次, 零报告."""
