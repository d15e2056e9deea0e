"""The four weeks of the demo site: every situation of a posting clerk's work, said by hand."""

from services.generator.demo_first_weeks import first_week, second_week
from services.generator.demo_last_weeks import fourth_week, third_week
from services.generator.demo_scene import DemoDay


def demo_days() -> tuple[DemoDay, ...]:
    """The days in their order."""
    return (first_week(), second_week(), third_week(), fourth_week())
