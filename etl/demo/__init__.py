"""The demonstration campus: export files as real systems would write them, and what is true about them.

The same seed, data date and size give the same bytes on every run and machine.
"""

from etl.demo.whole.generate import draw, generate

__all__ = ["draw", "generate"]
