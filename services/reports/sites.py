"""The parameters of a site."""

from collections.abc import Mapping

from services.office.site import SiteView
from services.reports.report import Column, Kind

Parameter = str | bool | int


def site_facts(view: SiteView) -> tuple[Column[SiteView], ...]:
    """All parameters by the names under which they are set."""
    return (
        Column("station", lambda site: site.station),
        Column("name", lambda site: site.name),
        Column("time-zone", lambda site: site.time_zone),
        Column("finance-adapter", lambda site: site.finance_adapter),
        Column("wait-for-277ca", lambda site: site.wait_for_277ca, Kind.FLAG),
        Column("match-window", lambda site: site.match_window_days, Kind.NUMBER),
        Column("lock-wait", lambda site: site.lock_wait, Kind.NUMBER),
        Column("test-files", lambda site: site.test_files, Kind.FLAG),
        Column("live since", lambda site: site.live_since, Kind.INSTANT),
        *(_audited(name) for name in view.auto_audit),
    )


def _audited(rate_type: str) -> Column[SiteView]:
    return Column(f"auto-audit {rate_type}", lambda site: site.auto_audit[rate_type], Kind.FLAG)


def parameter_facts(values: Mapping[str, Parameter]) -> tuple[Column[Mapping[str, Parameter]], ...]:
    """A few parameters by their names."""
    return tuple(_parameter(name, value) for name, value in values.items())


def _parameter(name: str, value: Parameter) -> Column[Mapping[str, Parameter]]:
    kind = Kind.FLAG if isinstance(value, bool) else Kind.NUMBER if isinstance(value, int) else Kind.TEXT
    return Column(name, lambda held: held[name], kind)
