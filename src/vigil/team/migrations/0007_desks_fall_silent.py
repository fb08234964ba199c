import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("team", "0006_availability"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeskLife",
            fields=[
                (
                    "agent",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="desk_life",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("heard_at", models.DateTimeField()),
                ("silent_at", models.DateTimeField(null=True)),
                ("gave_back", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Listening",
            fields=[
                ("process", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("began_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
            ],
        ),
    ]
