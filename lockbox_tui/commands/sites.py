"""`lockbox init` and `lockbox site`: a new site, and the parameters of one."""

from lockbox_tui.commands.answers import Answer, Call
from lockbox_tui.commands.printing import Printer
from lockbox_tui.opening import at_work, new_store
from services.office import site as sites
from services.office.actor import os_login
from services.reports.sites import parameter_facts, site_facts


def init(call: Call) -> Answer:
    """Sets up a new site; the user of this process is its first one and holds every key."""
    arguments, settings = call.arguments, call.settings
    login = os_login(settings.service_account)
    with new_store(settings) as store, store.writing() as session:
        actor = sites.open_site(
            session,
            login,
            station=arguments.station,
            name=arguments.name,
            auto_audit=arguments.auto_audit,
            time_zone=arguments.time_zone,
        )
        made = sites.site_view(session)
    document = {
        "station": made.station,
        "name": made.name,
        "user": actor.login,
        "keys": sorted(key.value for key in actor.keys),
        "store": None if settings.store_file is None else str(settings.store_file),
        "audit_key": str(settings.audit_key_path),
        "bills_become_active": sites.how_bills_become_active(made),
    }

    def show(out: Printer) -> None:
        out.say(
            f"Site {document['station']} is set up. {actor.login} is its first user and holds every key.",
            f"The audit key is {settings.audit_key_path}; keep a copy of it apart from the store.",
            sites.how_bills_become_active(made),
        )

    return Answer(document, show)


def site(call: Call) -> Answer:
    """Shows the parameters, after setting one if a name and a value are given; of a name alone that one."""
    words: list[str] = call.arguments.words
    with at_work(call.settings, call.as_user) as work:
        if len(words) > 1:
            with work.writing() as session:
                # Only a site's name has blanks in its value; a rate type has them in the parameter's name.
                last = 1 if words[0].lower() == "name" else -1
                sites.set_parameter(session, work.actor, " ".join(words[:last]), " ".join(words[last:]))
        with work.reading() as session:
            view = sites.site_view(session)
    if len(words) == 1:
        return _only(sites.parameter(view, words[0]))

    def show(out: Printer) -> None:
        out.facts(site_facts(view), view)

    return Answer(view, show)


def _only(values: dict[str, str | bool | int]) -> Answer:
    def show(out: Printer) -> None:
        out.facts(parameter_facts(values), values)

    return Answer(values, show)
