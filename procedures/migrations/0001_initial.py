"""Tables of the catalogue."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Field",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(unique=True, verbose_name="mã lĩnh vực")),
                ("name", models.CharField(max_length=200, verbose_name="lĩnh vực")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
            ],
            options={
                "verbose_name": "lĩnh vực",
                "verbose_name_plural": "lĩnh vực",
                "ordering": ["sector__position", "position", "code"],
            },
        ),
        migrations.CreateModel(
            name="Sector",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(unique=True, verbose_name="mã ngành")),
                ("name", models.CharField(max_length=200, verbose_name="ngành")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
            ],
            options={
                "verbose_name": "ngành",
                "verbose_name_plural": "ngành",
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="CatalogueRevision",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField(default=0, verbose_name="số hiệu")),
            ],
            options={
                "verbose_name": "lần cập nhật danh mục",
                "verbose_name_plural": "lần cập nhật danh mục",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="procedures_revision_is_one_row"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 0)), name="procedures_revision_number_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExemptionRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="mã quy định")),
                ("basis", models.CharField(max_length=300, verbose_name="căn cứ miễn, giảm")),
                ("wording", models.CharField(max_length=300, verbose_name="trường hợp được miễn, giảm")),
                (
                    "charges",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=50), size=None, verbose_name="nhóm khoản thu"
                    ),
                ),
                (
                    "procedures",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="mã thủ tục",
                    ),
                ),
                (
                    "situations",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=50),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="mã trường hợp",
                    ),
                ),
                (
                    "channels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("counter", "Trực tiếp"),
                                ("online", "Trực tuyến"),
                                ("post", "Bưu chính công ích"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="hình thức nộp",
                    ),
                ),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("meritorious_family", "Gia đình có công với cách mạng"),
                                ("meritorious_person", "Người có công với cách mạng"),
                                ("poor_household", "Hộ nghèo"),
                                ("near_poor_household", "Hộ cận nghèo"),
                                ("disabled", "Người khuyết tật"),
                                ("child", "Trẻ em"),
                                ("elderly", "Người cao tuổi"),
                                ("ethnic_minority", "Đồng bào dân tộc thiểu số ở xã đặc biệt khó khăn"),
                                (
                                    "vneid2_five_papers",
                                    "Định danh điện tử mức độ 2, đã tích hợp đủ năm giấy tờ trên VNeID",
                                ),
                                (
                                    "step_parent_or_relative_adoption",
                                    "Cha dượng, mẹ kế hoặc cô, cậu, dì, chú, bác ruột nhận con nuôi",
                                ),
                                (
                                    "special_child_adoption",
                                    "Nhận trẻ em khuyết tật, nhiễm HIV/AIDS hoặc mắc bệnh hiểm nghèo làm con nuôi",
                                ),
                                (
                                    "agricultural_credit",
                                    "Cá nhân, hộ gia đình thế chấp vay vốn phát triển nông nghiệp, nông thôn",
                                ),
                            ],
                            max_length=50,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="nhóm đối tượng",
                    ),
                ),
                (
                    "waive_percent",
                    models.PositiveSmallIntegerField(default=100, verbose_name="tỷ lệ miễn, giảm (%)"),
                ),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("S", "Theo nguồn công bố"),
                            ("K", "Số liệu minh họa (hiểu biết chung)"),
                            ("U", "Số liệu minh họa (cần đối chiếu)"),
                        ],
                        max_length=1,
                        verbose_name="độ tin cậy",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="áp dụng từ ngày")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="áp dụng đến hết ngày")),
            ],
            options={
                "verbose_name": "quy định miễn, giảm",
                "verbose_name_plural": "quy định miễn, giảm",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("charges__len__gt", 0)),
                        name="procedures_exemption_names_its_charges",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("waive_percent__gte", 1), ("waive_percent__lte", 100)),
                        name="procedures_exemption_percent_between_1_and_100",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="procedures_exemption_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Procedure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8, unique=True, verbose_name="mã thủ tục")),
                ("name", models.CharField(max_length=500, verbose_name="tên thủ tục")),
                (
                    "level",
                    models.CharField(
                        choices=[("commune", "Cấp xã"), ("province", "Cấp tỉnh")],
                        default="commune",
                        max_length=10,
                        verbose_name="cấp thực hiện",
                    ),
                ),
                ("agency", models.CharField(max_length=200, verbose_name="cơ quan giải quyết")),
                (
                    "external_system",
                    models.BooleanField(default=False, verbose_name="giải quyết trên hệ thống khác"),
                ),
                ("keywords", models.TextField(blank=True, verbose_name="từ khóa")),
                ("is_listed", models.BooleanField(default=True, verbose_name="đang niêm yết")),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("S", "Theo nguồn công bố"),
                            ("K", "Số liệu minh họa (hiểu biết chung)"),
                            ("U", "Số liệu minh họa (cần đối chiếu)"),
                        ],
                        default="S",
                        max_length=1,
                        verbose_name="độ tin cậy của mã và tên",
                    ),
                ),
                (
                    "field",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="procedures",
                        to="procedures.field",
                        verbose_name="lĩnh vực",
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supersedes",
                        to="procedures.procedure",
                        verbose_name="được thay bằng",
                    ),
                ),
            ],
            options={
                "verbose_name": "thủ tục hành chính",
                "verbose_name_plural": "thủ tục hành chính",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="ProcedureVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision_number",
                    models.CharField(blank=True, max_length=100, verbose_name="số quyết định công bố"),
                ),
                ("name", models.CharField(max_length=500, verbose_name="tên thủ tục khi công bố")),
                ("valid_from", models.DateField(verbose_name="có hiệu lực từ ngày")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="hết hiệu lực sau ngày")),
                ("is_immediate", models.BooleanField(default=False, verbose_name="trả kết quả ngay")),
                (
                    "online_level",
                    models.CharField(
                        choices=[
                            ("full", "Toàn trình"),
                            ("partial", "Một phần"),
                            ("info", "Cung cấp thông tin"),
                        ],
                        max_length=10,
                        verbose_name="mức độ trực tuyến",
                    ),
                ),
                (
                    "online_level_certainty",
                    models.CharField(
                        choices=[
                            ("S", "Theo nguồn công bố"),
                            ("K", "Số liệu minh họa (hiểu biết chung)"),
                            ("U", "Số liệu minh họa (cần đối chiếu)"),
                        ],
                        max_length=1,
                        verbose_name="độ tin cậy của mức độ trực tuyến",
                    ),
                ),
                (
                    "result_name",
                    models.CharField(blank=True, max_length=500, verbose_name="kết quả thực hiện"),
                ),
                (
                    "result_kind",
                    models.CharField(
                        choices=[
                            ("certificate", "Giấy chứng nhận, giấy phép"),
                            ("extract", "Trích lục, bản sao"),
                            ("certified", "Văn bản được chứng thực"),
                            ("confirmation", "Giấy xác nhận"),
                            ("decision", "Quyết định"),
                            ("answer", "Văn bản trả lời, thông báo"),
                            ("other", "Kết quả khác"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="loại kết quả",
                    ),
                ),
                ("conditions", models.TextField(blank=True, verbose_name="yêu cầu, điều kiện")),
                (
                    "no_fee_certainty",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("S", "Theo nguồn công bố"),
                            ("K", "Số liệu minh họa (hiểu biết chung)"),
                            ("U", "Số liệu minh họa (cần đối chiếu)"),
                        ],
                        max_length=1,
                        verbose_name="độ tin cậy của việc không thu phí, lệ phí",
                    ),
                ),
                ("terms_known", models.BooleanField(default=True, verbose_name="đã có thời hạn và mức thu")),
                ("digest", models.CharField(max_length=64, verbose_name="mã băm nội dung")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="công bố lúc")),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="procedures.procedure",
                        verbose_name="thủ tục",
                    ),
                ),
            ],
            options={
                "verbose_name": "phiên bản thủ tục",
                "verbose_name_plural": "phiên bản thủ tục",
                "ordering": ["procedure_id", "-valid_from"],
            },
        ),
        migrations.CreateModel(
            name="LegalBasis",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=100, verbose_name="số văn bản")),
                ("name", models.CharField(max_length=500, verbose_name="tên văn bản")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="legal_bases",
                        to="procedures.procedureversion",
                        verbose_name="phiên bản",
                    ),
                ),
            ],
            options={
                "verbose_name": "căn cứ pháp lý",
                "verbose_name_plural": "căn cứ pháp lý",
                "ordering": ["version_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="SearchMiss",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("query_fold", models.CharField(max_length=80, unique=True, verbose_name="từ đã tìm")),
                ("count", models.PositiveIntegerField(default=1, verbose_name="số lần")),
                ("last_at", models.DateTimeField(verbose_name="lần cuối")),
            ],
            options={
                "verbose_name": "từ tìm không có kết quả",
                "verbose_name_plural": "từ tìm không có kết quả",
                "ordering": ["-count", "query_fold"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("query_fold__regex", "([0-9][^0-9]*){9}"), _negated=True),
                        name="procedures_miss_holds_no_personal_number",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="field",
            name="sector",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="fields",
                to="procedures.sector",
                verbose_name="ngành",
            ),
        ),
        migrations.CreateModel(
            name="Situation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=50, verbose_name="mã trường hợp")),
                ("name", models.CharField(max_length=300, verbose_name="trường hợp")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="situations",
                        to="procedures.procedureversion",
                        verbose_name="phiên bản",
                    ),
                ),
            ],
            options={
                "verbose_name": "trường hợp",
                "verbose_name_plural": "trường hợp",
                "ordering": ["version_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="RequiredPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=50, verbose_name="mã giấy tờ")),
                ("name", models.CharField(max_length=1000, verbose_name="tên giấy tờ")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("paper", "Giấy tờ phải nộp"),
                            ("presented", "Giấy tờ xuất trình"),
                            ("eform", "Tờ khai, biểu mẫu"),
                            ("data", "Dữ liệu tra cứu, không phải nộp"),
                            ("note", "Lưu ý"),
                        ],
                        default="paper",
                        max_length=10,
                        verbose_name="loại",
                    ),
                ),
                ("originals", models.PositiveSmallIntegerField(default=0, verbose_name="bản chính")),
                ("copies", models.PositiveSmallIntegerField(default=0, verbose_name="bản sao")),
                (
                    "form_name",
                    models.CharField(blank=True, max_length=200, verbose_name="tên mẫu đơn, tờ khai"),
                ),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="ghi chú")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="procedures.procedureversion",
                        verbose_name="phiên bản",
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="procedures.situation",
                        verbose_name="trường hợp",
                    ),
                ),
            ],
            options={
                "verbose_name": "thành phần hồ sơ",
                "verbose_name_plural": "thành phần hồ sơ",
                "ordering": ["version_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="FeeItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=50, verbose_name="mã khoản thu")),
                ("name", models.CharField(max_length=300, verbose_name="khoản thu")),
                (
                    "kind",
                    models.CharField(
                        choices=[("fee", "Phí"), ("charge", "Lệ phí")],
                        max_length=10,
                        verbose_name="phí hay lệ phí",
                    ),
                ),
                (
                    "authority",
                    models.CharField(
                        choices=[("central", "Trung ương quy định"), ("provincial", "HĐND tỉnh quy định")],
                        max_length=20,
                        verbose_name="thẩm quyền quy định",
                    ),
                ),
                ("charge", models.CharField(max_length=50, verbose_name="nhóm khoản thu")),
                ("amount_vnd", models.BigIntegerField(blank=True, null=True, verbose_name="mức thu (đồng)")),
                (
                    "unit",
                    models.CharField(
                        choices=[("per_case", "trường hợp"), ("per_copy", "bản"), ("per_page", "trang")],
                        default="per_case",
                        max_length=10,
                        verbose_name="đơn vị thu",
                    ),
                ),
                ("tiers", models.JSONField(blank=True, default=list, verbose_name="bậc theo trang")),
                (
                    "cap_vnd",
                    models.BigIntegerField(
                        blank=True, null=True, verbose_name="mức thu tối đa mỗi bản (đồng)"
                    ),
                ),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("S", "Theo nguồn công bố"),
                            ("K", "Số liệu minh họa (hiểu biết chung)"),
                            ("U", "Số liệu minh họa (cần đối chiếu)"),
                        ],
                        max_length=1,
                        verbose_name="độ tin cậy",
                    ),
                ),
                ("basis", models.CharField(max_length=300, verbose_name="căn cứ thu")),
                (
                    "channels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("counter", "Trực tiếp"),
                                ("online", "Trực tuyến"),
                                ("post", "Bưu chính công ích"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="chỉ áp dụng khi nộp",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fee_items",
                        to="procedures.procedureversion",
                        verbose_name="phiên bản",
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fee_items",
                        to="procedures.situation",
                        verbose_name="trường hợp",
                    ),
                ),
            ],
            options={
                "verbose_name": "khoản thu",
                "verbose_name_plural": "khoản thu",
                "ordering": ["version_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="ChannelTerms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("counter", "Trực tiếp"),
                            ("online", "Trực tuyến"),
                            ("post", "Bưu chính công ích"),
                        ],
                        max_length=10,
                        verbose_name="hình thức nộp",
                    ),
                ),
                ("amount", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="thời hạn")),
                (
                    "amount_max",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="thời hạn dài nhất"),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("working_day", "ngày làm việc"),
                            ("calendar_day", "ngày"),
                            ("working_hour", "giờ làm việc"),
                            ("same_day", "trong ngày"),
                            ("none", "không xác định"),
                        ],
                        max_length=20,
                        verbose_name="đơn vị thời hạn",
                    ),
                ),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("S", "Theo nguồn công bố"),
                            ("K", "Số liệu minh họa (hiểu biết chung)"),
                            ("U", "Số liệu minh họa (cần đối chiếu)"),
                        ],
                        max_length=1,
                        verbose_name="độ tin cậy",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="ghi chú")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="procedures.procedureversion",
                        verbose_name="phiên bản",
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="procedures.situation",
                        verbose_name="trường hợp",
                    ),
                ),
            ],
            options={
                "verbose_name": "thời hạn giải quyết",
                "verbose_name_plural": "thời hạn giải quyết",
                "ordering": ["version_id", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="procedure",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[0-9]\\.[0-9]{6}$")),
                name="procedures_procedure_code_is_national_form",
            ),
        ),
        migrations.AddConstraint(
            model_name="procedure",
            constraint=models.CheckConstraint(
                condition=models.Q(("superseded_by", models.F("id")), _negated=True),
                name="procedures_procedure_not_superseded_by_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="procedure",
            constraint=models.CheckConstraint(
                condition=models.Q(("superseded_by__isnull", True), ("is_listed", False), _connector="OR"),
                name="procedures_procedure_superseded_is_not_listed",
            ),
        ),
        migrations.AddConstraint(
            model_name="procedureversion",
            constraint=models.UniqueConstraint(
                fields=("procedure", "valid_from"),
                name="procedures_version_one_per_start_day",
                violation_error_message="Thủ tục đã có một phiên bản bắt đầu từ ngày này.",
            ),
        ),
        migrations.AddConstraint(
            model_name="procedureversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published_at__isnull", False), ("valid_to__isnull", True)),
                fields=("procedure",),
                name="procedures_version_one_open_per_procedure",
            ),
        ),
        migrations.AddConstraint(
            model_name="procedureversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="procedures_version_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalbasis",
            constraint=models.UniqueConstraint(
                fields=("version", "number"), name="procedures_basis_once_per_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.UniqueConstraint(
                fields=("version", "slug"), name="procedures_situation_slug_once_per_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="situation",
            constraint=models.UniqueConstraint(
                fields=("version", "position"), name="procedures_situation_position_once_per_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="requiredpaper",
            constraint=models.UniqueConstraint(
                fields=("version", "code"), name="procedures_paper_code_once_per_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="requiredpaper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["note", "data"]), _negated=True),
                    models.Q(("copies", 0), ("originals", 0)),
                    _connector="OR",
                ),
                name="procedures_paper_notes_ask_for_no_copies",
            ),
        ),
        migrations.AddConstraint(
            model_name="feeitem",
            constraint=models.UniqueConstraint(
                fields=("version", "code"), name="procedures_fee_code_once_per_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="feeitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_vnd__isnull", True), ("amount_vnd__gte", 0), _connector="OR"),
                name="procedures_fee_amount_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="feeitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("cap_vnd__isnull", True), ("cap_vnd__gt", 0), _connector="OR"),
                name="procedures_fee_cap_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="channelterms",
            constraint=models.UniqueConstraint(
                fields=("version", "situation", "channel"),
                name="procedures_terms_once_per_situation_and_channel",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="channelterms",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("amount__isnull", True),
                        ("amount_max__isnull", True),
                        ("unit__in", ["same_day", "none"]),
                    ),
                    models.Q(
                        ("amount__gt", 0),
                        ("amount__isnull", False),
                        ("unit__in", ["working_day", "calendar_day", "working_hour"]),
                    ),
                    _connector="OR",
                ),
                name="procedures_terms_amount_iff_counted_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="channelterms",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount_max__isnull", True), ("amount_max__gt", models.F("amount")), _connector="OR"
                ),
                name="procedures_terms_range_grows",
            ),
        ),
    ]
