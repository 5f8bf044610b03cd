"""Loading the printed documents: what is missing is created, what people changed is never touched."""

from dataclasses import dataclass, fields
from pathlib import Path

from agencies import audit
from agencies.permissions import require
from agencies.system import system_actor
from sources import agencies, documents, plans, programmes, reference
from sources.reading import FIXTURES


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows of each kind a run created."""

    agencies: int
    groups: int
    funding_sources: int
    indicators: int
    documents: int
    clauses: int
    programmes: int
    plans: int

    @property
    def anything(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


def load_sources(directory: Path = FIXTURES) -> Loaded:
    """Load the fixtures as the system account, all or nothing. Idempotent.

    Raises `SourceError` with every broken sum, or the first record that cannot be read: nothing is changed.
    """
    with audit.recording() as record:
        made_agencies = agencies.load_agencies(directory)
        actor = system_actor()
        require(actor, "source.load", actor.agency)
        groups = agencies.load_groups(directory)
        funding_sources = reference.load_funding_sources(directory)
        indicators = reference.load_indicators(directory)
        printed = documents.read_documents(directory)
        made_documents, clauses = documents.create_missing(printed)
        made_programmes = programmes.load_programmes(directory)
        reference.load_source_uses(directory, funding_sources)
        contents = plans.read_plans(directory, printed)
        registered = plans.register_missing(contents, actor=actor)
        loaded = Loaded(
            agencies=made_agencies,
            groups=groups,
            funding_sources=len(funding_sources),
            indicators=indicators,
            documents=made_documents,
            clauses=clauses,
            programmes=made_programmes,
            plans=len(registered),
        )
        if loaded.anything:
            record.add(
                "load_sources",
                actor.agency,
                actor=actor,
                **{field.name: getattr(loaded, field.name) for field in fields(loaded)},
            )
    return loaded
