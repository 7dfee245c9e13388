"""Conditions in YAML: members of its mappings, and the scripts of pipelines."""

from azcond.containers.yaml.scanning import find_in_yaml

__all__ = ["find_in_yaml"]
