"""All engines, in the order in which the table shows them before it is sorted."""

from __future__ import annotations

from benchmarks.peers.abac import PY_ABAC
from benchmarks.peers.casbin import CASBIN
from benchmarks.peers.cedar import CEDAR
from benchmarks.peers.cel import CEL, CEL_COMPILED, CEL_INTERPRETED
from benchmarks.peers.floors import AZCOND, BY_HAND, NOTHING
from benchmarks.peers.polar import OSO
from benchmarks.peers.rego import REGO
from benchmarks.peers.vakt import VAKT

OWN = (NOTHING, BY_HAND, AZCOND)
"""What needs no peer."""

PEERS = (CEL, VAKT, PY_ABAC, CEDAR, CASBIN, REGO, CEL_COMPILED, OSO, CEL_INTERPRETED)
"""What a user could pick instead."""

ENGINES = (*OWN, *PEERS)
