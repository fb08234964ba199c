import vigil.kernel.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0010_replies_withdrawn'),
        ('customers', '0003_letters_for_those_away'),
        ('team', '0003_agents_at_their_desk'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='entry',
            name='entry_kind_is_known',
        ),
        migrations.AddField(
            model_name='conversation',
            name='tags',
            field=vigil.kernel.text.MaskedTextField(null=True),
        ),
        migrations.AddField(
            model_name='participant',
            name='follows',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name='entry',
            name='kind',
            field=models.CharField(choices=[('opened', 'Opened'), ('message', 'Message'), ('reply', 'Reply'), ('note', 'Note'), ('secret_removed', 'Secret Removed'), ('assigned', 'Assigned'), ('status', 'Status'), ('priority', 'Priority'), ('queue', 'Queue'), ('topic', 'Topic'), ('key_replayed', 'Key Replayed'), ('rated', 'Rated'), ('tagged', 'Tagged'), ('withdrawn', 'Withdrawn'), ('claimed', 'Claimed')], max_length=16),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(condition=models.Q(('tags__isnull', False)), fields=['team', '-id'], name='tagged_by_team'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['opened', 'message', 'reply', 'note', 'secret_removed', 'assigned', 'status', 'priority', 'queue', 'topic', 'key_replayed', 'rated', 'tagged', 'withdrawn', 'claimed'])), name='entry_kind_is_known'),
        ),
    ]
