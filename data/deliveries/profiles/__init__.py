"""Mapping profiles: an office whose program exports other names hands in as it is, once a profile exists."""

from data.deliveries.profiles.language import Profile
from data.deliveries.profiles.load import check, load, load_file
from data.deliveries.profiles.problems import Problem, ProfileWrong
from data.deliveries.profiles.proposal import Proposal
from data.deliveries.profiles.proposing import propose
from data.deliveries.profiles.saved import called, every, of, save

__all__ = [
    "Problem",
    "Profile",
    "ProfileWrong",
    "Proposal",
    "called",
    "check",
    "every",
    "load",
    "load_file",
    "of",
    "propose",
    "save",
]
