"""What reception asks beside the papers: the purpose of a certificate, whose extract it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procedures", "0005_papers_only_some_bring")]

    operations = [
        migrations.AddField(
            model_name="procedure",
            name="asks",
            field=models.CharField(blank=True, max_length=100, verbose_name="điều hỏi thêm khi tiếp nhận"),
        ),
    ]
