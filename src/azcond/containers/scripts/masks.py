"""What a template fills into a script before a shell reads it, `${{ parameters.vault }}`."""

from __future__ import annotations

import re
from itertools import chain, repeat

from azcond._dataclasses import replace
from azcond.containers.model import Contents, Field, Holder
from azcond.containers.values import Text

_FIRST_MASK, _LAST_MASK = 0xF0000, 0xFFFFD
"""Characters for private use, of which there are more than a script has expressions."""
_MASK = re.compile(r"([\U000f0000-\U000ffffd])\1*")


class Masks:
    """A script in which words stand for what a template fills in, as that is no script."""

    def __init__(self, text: Text) -> None:
        self._written = [one.text for one in text.pieces if one.expression is not None]
        self._holders: dict[int, tuple[Holder, Holder]] = {}
        masks = chain(map(chr, range(_FIRST_MASK, _LAST_MASK + 1)), repeat("_"))
        self.text = "".join(
            piece.text if piece.expression is None else next(masks) * len(piece.text)
            for piece in text.pieces
        )

    def taken_off(self, contents: Contents) -> Contents:
        """Contents of the script with what is written for the masks."""
        conditions = [
            replace(
                one,
                text=self._unmasked(one.text),
                holder=None if one.holder is None else self._holder(one.holder),
            )
            for one in contents.conditions
        ]
        holders = tuple(map(self._holder, contents.assignments))
        return replace(contents, conditions=tuple(conditions), assignments=holders)

    def _holder(self, holder: Holder) -> Holder:
        """The same for the same, as conditions and assignments share their holders."""
        if id(holder) not in self._holders:
            facts = {fact: self._field(field) for fact, field in holder.facts.items()}
            made = replace(holder, name=self._unmasked(holder.name), facts=facts)
            self._holders[id(holder)] = (made, holder)
        return self._holders[id(holder)][0]

    def _field(self, field: Field) -> Field:
        is_known = not _MASK.search(str(field.value))
        return Field(field.value if is_known else None, self._unmasked(field.written))

    def _unmasked(self, text: str) -> str:
        return _MASK.sub(self._written_for, text)

    def _written_for(self, mask: re.Match[str]) -> str:
        number = ord(mask[1]) - _FIRST_MASK
        return self._written[number] if number < len(self._written) else mask[0]
