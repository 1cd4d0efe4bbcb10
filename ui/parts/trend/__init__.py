"""A metric over weeks or months, judged, and split into panels."""
