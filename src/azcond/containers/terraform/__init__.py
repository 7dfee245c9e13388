"""Conditions in Terraform: role assignments of its providers, and of modules and variables."""

from azcond.containers.terraform.scanning import find_in_terraform

__all__ = ["find_in_terraform"]
