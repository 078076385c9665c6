import itertools

from django.db import migrations


def keep_what_is_known(apps, schema_editor):
    """Evidence for the customers that were here before there was evidence."""
    from nitka.people.customers.marks import evidence_id, normal

    Customer, Evidence, Link = (apps.get_model("customers", name) for name in ("Customer", "Evidence", "Link"))
    found = Customer.objects.values_list("id", "email", "user_id", "created_at").iterator(chunk_size=2000)
    for rows in itertools.batched(found, 2000):
        evidence, links, anchors = [], [], []
        for customer_id, email, user_id, at in rows:
            marks = []
            if user_id:
                marks.append(("login", str(user_id), 2))
            if email and normal("email", email):
                marks.append(("email", normal("email", email), 2 if user_id else 1))
            ids = [evidence_id(kind, value) for kind, value, _standing in marks]
            evidence += [
                Evidence(id=id_, kind=kind, value=value, standing=standing, source="before evidence",
                         customer_id=customer_id, settled=True, first_seen=at)
                for id_, (kind, value, standing) in zip(ids, marks)
            ]
            if len(ids) == 2:
                links.append(Link(a=min(ids), b=max(ids), reason="sign_in", trust=2, source="before evidence",
                                  at=at, settled=True))
            if ids:
                anchors.append(Customer(id=customer_id, anchor=ids[0]))
        Evidence.objects.bulk_create(evidence, ignore_conflicts=True)
        Link.objects.bulk_create(links, ignore_conflicts=True)
        Customer.objects.bulk_update(anchors, ["anchor"])


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0002_evidence'),
    ]

    operations = [
        migrations.RunPython(keep_what_is_known, migrations.RunPython.noop, elidable=True),
    ]
