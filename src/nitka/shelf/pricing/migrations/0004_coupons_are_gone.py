"""Coupons are promotions now; a step of its own, for PostgreSQL drops no table whose rows were changed just now."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('pricing', '0003_promotions'),
    ]

    operations = [
        migrations.DeleteModel(name='CouponUse'),
        migrations.DeleteModel(name='Coupon'),
    ]
