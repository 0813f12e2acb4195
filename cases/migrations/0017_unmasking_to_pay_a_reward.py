"""Lets an unmasking be asked for to pay a reward."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Offer the purpose."""

    dependencies = [
        ("cases", "0016_the_agencys_side"),
    ]

    operations = [
        migrations.AlterField(
            model_name="unmasking",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("identity", "To confirm who filed"),
                    ("facts", "To ask about the facts"),
                    ("outcome", "To explain the outcome"),
                    ("follow_up", "To ask whether you are satisfied"),
                    ("letter", "To send a letter"),
                    ("reward", "To pay a reward"),
                    ("consent", "Disclosed with your consent"),
                ],
                max_length=10,
            ),
        ),
    ]
