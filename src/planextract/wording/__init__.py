"""What people read, in Chinese and English: words for what the rooms record as names and numbers.

Plain data and small functions on it; the balcony (reports, pages, commands) asks here, so that a thing is called the
same everywhere. What documents print is never translated.
"""
