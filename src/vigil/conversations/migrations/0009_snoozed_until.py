
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0008_agents_choose_topics'),
        ('customers', '0003_letters_for_those_away'),
        ('team', '0003_agents_at_their_desk'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='conversation',
            name='snoozed_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(condition=models.Q(('snoozed_until__isnull', False)), fields=['snoozed_until'], name='to_be_woken'),
        ),
        migrations.AddConstraint(
            model_name='conversation',
            constraint=models.CheckConstraint(condition=models.Q(('snoozed_until__isnull', True), ('status', 'snoozed'), _connector='OR'), name='only_what_is_snoozed_wakes'),
        ),
    ]
