import django.db.models.deletion
from django.db import migrations, models

# Sessions are dropped by plain statements, too: what hangs on one goes with it whoever drops it.
_WITH_ITS_SESSION = """
ALTER TABLE nudges_subscription ADD CONSTRAINT nudges_subscription_session
 FOREIGN KEY (session_id) REFERENCES team_agentsession (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("team", "0007_desks_fall_silent"),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed", models.BinaryField()),
            ],
            options={"constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_own_key")]},
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("endpoint", models.CharField(max_length=1000)),
                ("key", models.CharField(max_length=88)),
                ("auth", models.CharField(max_length=24)),
                ("added_at", models.DateTimeField()),
                (
                    "session",
                    models.OneToOneField(
                        db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="team.agentsession"
                    ),
                ),
            ],
        ),
        migrations.RunSQL(_WITH_ITS_SESSION, "ALTER TABLE nudges_subscription DROP CONSTRAINT nudges_subscription_session"),
    ]
