"""Where was it? The text of a place → one building and a room, or 未识别 with a suggestion."""
