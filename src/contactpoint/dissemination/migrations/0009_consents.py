"""What somebody agreed to stands at each thing that they follow; two who are one are put together."""

from django.db import migrations, models
from django.db.models.functions import Lower


def keep_consents(apps, _editor):
    """So far the sentence stood at the address alone, and the day at each."""
    subscribers = apps.get_model("dissemination", "Subscriber").objects.all()
    for one in subscribers.iterator():
        rows = one.subscriptions.filter(agreed_at=None)
        rows.update(
            agreed_at=models.F("since"), agreed_to=one.consented_to, agreed_in=one.language
        )


def put_together(apps, _editor):
    """Addresses that differ in case alone: the one that confirmed first stays, with all that either
    follows, in the language that was chosen last."""
    subscribers = apps.get_model("dissemination", "Subscriber").objects
    folded = subscribers.annotate(folded=Lower("address")).order_by()
    twice = folded.values("folded").annotate(number=models.Count("pk")).filter(number__gt=1)
    for address in [row["folded"] for row in twice]:
        kept, *others = folded.filter(folded=address).order_by("confirmed_at", "pk")
        kept.language = others[-1].language
        kept.save(update_fields=["language"])
        for other in others:
            _move(kept, other)
            other.delete()


def _move(kept, other):
    known = dict(kept.subscriptions.values_list("interest_id", "pk"))
    instead = {}
    for row in other.subscriptions.order_by("pk"):
        if row.interest_id in known:
            instead[row.pk] = known[row.interest_id]
        else:
            row.subscriber_id = kept.pk
            row.save(update_fields=["subscriber"])
    for mail in other.deliveries.order_by("pk"):
        about = [_instead(pair, instead) for pair in mail.about]
        same = kept.deliveries.filter(mailing_id=mail.mailing_id).first()
        if same is None:
            mail.subscriber_id, mail.about = kept.pk, about
            mail.save(update_fields=["subscriber", "about"])
        elif same.state == "waiting" and mail.state == "waiting":
            same.about += [one for one in about if one not in same.about]
            same.save(update_fields=["about"])


def _instead(pair, instead):
    """A pair of a happening and a subscription; the newsletter has the number of an issue."""
    if isinstance(pair, list) and len(pair) == 2:
        return [pair[0], instead.get(pair[1], pair[1])]
    return pair


class Migration(migrations.Migration):

    dependencies = [
        ("dissemination", "0008_followers"),
    ]

    operations = [
        migrations.AddField(
            model_name="subscription",
            name="agreed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="subscription",
            name="agreed_in",
            field=models.CharField(blank=True, default="", editable=False, max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="subscription",
            name="agreed_to",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(keep_consents, migrations.RunPython.noop),
        migrations.RunPython(put_together, migrations.RunPython.noop),
    ]
