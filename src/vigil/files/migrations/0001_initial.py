
import vigil.kernel.ids
import vigil.kernel.text
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=vigil.kernel.ids.new_public_id, editable=False, max_length=26, unique=True)),
                ('key', models.CharField(default=vigil.kernel.ids.new_public_id, editable=False, max_length=26, unique=True)),
                ('owner', models.CharField(max_length=80)),
                ('name', vigil.kernel.text.MaskedTextField()),
                ('kind', models.CharField(max_length=8)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(default='', max_length=64)),
                ('width', models.PositiveIntegerField(null=True)),
                ('height', models.PositiveIntegerField(null=True)),
                ('milliseconds', models.PositiveIntegerField(null=True)),
                ('has_thumbnail', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('receiving', 'Receiving'), ('received', 'Received'), ('checking', 'Checking'), ('ready', 'Ready'), ('refused', 'Refused')], default='receiving', max_length=10)),
                ('refusal', models.CharField(default='', max_length=24)),
                ('created_at', models.DateTimeField()),
                ('received_at', models.DateTimeField(null=True)),
                ('settled_at', models.DateTimeField(null=True)),
                ('kept_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['owner', 'created_at'], name='file_owner_recent'), models.Index(condition=models.Q(('kept_at__isnull', True)), fields=['created_at'], name='file_not_kept')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['receiving', 'received', 'checking', 'ready', 'refused'])), name='file_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'ready'), _negated=True), models.Q(models.Q(('sha256', ''), _negated=True), ('settled_at__isnull', False)), _connector='OR'), name='file_ready_is_whole'), models.CheckConstraint(condition=models.Q(('state', 'refused'), ('refusal', ''), _connector='OR'), name='file_refusal_has_its_state')],
            },
        ),
    ]
