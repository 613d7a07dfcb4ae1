"""Time expressions with TIMEX3 values: dates, times of day, durations and sets.

A rule finds words and reads them against an anchor day; where no anchor is known, or its days disagree, the value stays
underspecified (XXXX-WXX-3) and no interval is given.
"""

from onrecord.extract.times.find import find_times

__all__ = ["find_times"]
