"""The form of a round in the admin, filled in as a browser shows it."""

from typing import Any

from django.test import Client


def round_form(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send of the form of a round."""
    form = client.get(address).context["form"]
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = form[name].value()
        if hasattr(field.widget, "other_languages"):
            for language in ("en", "fr", "nl", "de"):
                data[f"{name}_{language}"] = (value or {}).get(language, "")
            data[f"{name}_others"] = ""
        elif isinstance(value, bool):
            data |= {name: "on"} if value else {}
        elif value is not None:
            shown = field.widget.format_value(value) if "_at" in name else value
            data[name] = (
                [getattr(one, "pk", one) for one in shown] if isinstance(shown, list) else shown
            )
    return data
