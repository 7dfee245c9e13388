"""Conditions in Bicep: role assignments as resources, and as parameters of modules."""

from azcond.containers.bicep.scanning import find_in_bicep

__all__ = ["find_in_bicep"]
