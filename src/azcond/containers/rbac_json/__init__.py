"""Conditions in JSON: role definitions, role assignments, ARM templates and Terraform plans."""

from azcond.containers.rbac_json.scanning import find_in_json

__all__ = ["find_in_json"]
