from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0009_snoozed_until'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='entry',
            name='entry_kind_is_known',
        ),
        migrations.AlterField(
            model_name='entry',
            name='kind',
            field=models.CharField(choices=[('opened', 'Opened'), ('message', 'Message'), ('reply', 'Reply'), ('note', 'Note'), ('secret_removed', 'Secret Removed'), ('assigned', 'Assigned'), ('status', 'Status'), ('priority', 'Priority'), ('queue', 'Queue'), ('topic', 'Topic'), ('key_replayed', 'Key Replayed'), ('rated', 'Rated'), ('withdrawn', 'Withdrawn'), ('claimed', 'Claimed')], max_length=16),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['opened', 'message', 'reply', 'note', 'secret_removed', 'assigned', 'status', 'priority', 'queue', 'topic', 'key_replayed', 'rated', 'withdrawn', 'claimed'])), name='entry_kind_is_known'),
        ),
    ]
