"""outreach: field visits, referrals and follow-ups, kept offline and shared through a folder."""

__version__ = "0.1.0"
