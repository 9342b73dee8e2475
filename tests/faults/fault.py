"""A fault: one place in the source and what stands there instead. Where the source changes so that the place is not found any
more (exactly once), plant_faults.py fails: the fault is then written anew."""

from typing import NamedTuple


class Fault(NamedTuple):
    name: str
    file: str  # below the folder
    before: str
    after: str
    folder: str = "runtime/trigger"
    tests: tuple[str, ...] = ()  # that must notice it; none: those of its folder

    @property
    def path(self) -> str:
        return f"{self.folder}/{self.file}"
