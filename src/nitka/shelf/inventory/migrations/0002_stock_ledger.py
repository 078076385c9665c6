import django.db.models.deletion
import nitka.ground.clock
import nitka.ground.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0002_owed_rebuilds'),
        ('inventory', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='StockMove',
            fields=[
                ('id', models.UUIDField(default=nitka.ground.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('opening', 'opening'), ('sale', 'sale'), ('return', 'return'), ('receipt', 'receipt'), ('adjustment', 'adjustment'), ('count', 'count'), ('transfer', 'transfer'), ('grade', 'grade')], max_length=10)),
                ('grade', models.CharField(choices=[('good', 'good'), ('damaged', 'damaged')], default='good', max_length=7)),
                ('pieces', models.IntegerField()),
                ('reference', models.UUIDField(null=True)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(default=nitka.ground.clock.now)),
            ],
            options={
                'db_table': 'inventory_moves',
            },
        ),
        migrations.AddField(
            model_name='stocklevel',
            name='damaged',
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddConstraint(
            model_name='stocklevel',
            constraint=models.CheckConstraint(condition=models.Q(('damaged__gte', 0)), name='damaged_not_below_zero'),
        ),
        migrations.AddField(
            model_name='stockmove',
            name='location',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inventory.location'),
        ),
        migrations.AddField(
            model_name='stockmove',
            name='variant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalog.variant'),
        ),
        migrations.AddIndex(
            model_name='stockmove',
            index=models.Index(fields=['variant', '-at'], name='moves_by_variant'),
        ),
        migrations.AddIndex(
            model_name='stockmove',
            index=models.Index(condition=models.Q(('reference__isnull', False)), fields=['reference'], name='moves_by_reference'),
        ),
        migrations.AddIndex(
            model_name='stockmove',
            index=models.Index(fields=['kind', 'at'], name='moves_by_kind'),
        ),
        migrations.AddConstraint(
            model_name='stockmove',
            constraint=models.CheckConstraint(condition=models.Q(('pieces', 0), _negated=True), name='a_move_moves_something'),
        ),
    ]
