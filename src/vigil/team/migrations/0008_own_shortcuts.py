from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("team", "0007_desks_fall_silent"),
    ]

    operations = [
        migrations.AddField(
            model_name="agent",
            name="shortcuts",
            field=models.JSONField(default=dict),
        ),
    ]
