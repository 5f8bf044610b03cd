"""What an administrator states of an indicator. Pure."""

from dataclasses import dataclass, replace

from core.vietnamese import clean
from indicators.models import Indicator

# What targets and figures were stated in: fast once there are any.
FAST = ("kind", "direction", "unit")
# What gives them their meaning: changed on a basis only.
MEANING = ("name", "numerator", "denominator", "may_exceed_whole", "definition")


@dataclass(frozen=True, slots=True)
class IndicatorStated:
    """Everything that is stated of an indicator but its last day."""

    name: str
    kind: str
    unit: str = ""
    direction: str = Indicator.Direction.UP.value
    numerator: str = ""
    denominator: str = ""
    may_exceed_whole: bool = False
    definition: str = ""
    position: int = 0

    def cleaned(self) -> "IndicatorStated":
        return replace(
            self,
            name=clean(self.name),
            unit=clean(self.unit),
            numerator=clean(self.numerator),
            denominator=clean(self.denominator),
            definition=clean(self.definition, multiline=True),
        )

    @classmethod
    def of(cls, indicator: Indicator) -> "IndicatorStated":
        return cls(**{name: getattr(indicator, name) for name in cls.__slots__})

    def texts(self) -> dict[str, str]:
        """The values as a form would post them."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {
            name: ("1" if value else "") if isinstance(value, bool) else str(value)
            for name, value in values.items()
        }


def changed(names: tuple[str, ...], before: IndicatorStated, after: IndicatorStated) -> list[str]:
    return [name for name in names if getattr(before, name) != getattr(after, name)]
