"""What is done at a visit. Decides validity, recall interval, own rate, exclusion (programme)."""

from enum import StrEnum


class Category(StrEnum):
    HYGIENE = "hygiene"
    THERAPY = "therapy"
    SURGERY = "surgery"
    IMPLANTS = "implants"
    PROSTHETICS = "prosthetics"
    ORTHODONTICS = "orthodontics"
    CHILDREN = "children"
    DIAGNOSTICS = "diagnostics"
    OTHER = "other"
