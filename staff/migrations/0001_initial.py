"""The tables of the office, and the one folding of Vietnamese text that the database shares with Python."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Letter by letter, the table of staff.text; a test holds both equal. Combining marks have no target: they are dropped.
LETTERS = (
    "àáảãạăằắẳẵặâầấẩẫậäåāąǎçćčĉċđďðɖèéẻẽẹêềếểễệëēĕėęěğĝġģĥħìíỉĩịïîīĭįıĵķłľĺļñńňņòóỏõọôồốổỗộơờớở"
    "ỡợöøōŏőřŕŗśšşŝșṣťţțŧṭùúủũụưừứửữựüûūŭůűųŵẁẃẅỳýỷỹỵÿŷźžżABCDEFGHIJKLMNOPQRSTUVWXYZÀÁẢÃẠĂẰẮẲẴẶ"
    "ÂẦẤẨẪẬÄÅĀĄǍÇĆČĈĊĐĎÐƉÈÉẺẼẸÊỀẾỂỄỆËĒĔĖĘĚĞĜĠĢĤĦÌÍỈĨỊÏÎĪĬĮĴĶŁĽĹĻÑŃŇŅÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÖØŌŎŐŘŔŖŚŠ"
    "ŞŜȘṢŤŢȚŦṬÙÚỦŨỤƯỪỨỬỮỰÜÛŪŬŮŰŲŴẀẂẄỲÝỶỸỴŸŶŹŽŻİ"
)
PLAIN = (
    "aaaaaaaaaaaaaaaaaaaaaacccccddddeeeeeeeeeeeeeeeeegggghhiiiiiiiiiiijkllllnnnnooooooooooooooo"
    "ooooooorrrsssssstttttuuuuuuuuuuuuuuuuuuwwwwyyyyyyyzzzabcdefghijklmnopqrstuvwxyzaaaaaaaaaaa"
    "aaaaaaaaaaacccccddddeeeeeeeeeeeeeeeeegggghhiiiiiiiiiijkllllnnnnoooooooooooooooooooooorrrss"
    "sssstttttuuuuuuuuuuuuuuuuuuwwwwyyyyyyyzzzi"
)
COMBINING_MARKS = "".join(chr(code) for code in range(0x0300, 0x0370))

# Immutable, so that generated columns and indexes may use it.
CREATE_FOLD = f"""
CREATE FUNCTION vn_fold(t text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN translate(normalize(t, NFC), '{LETTERS}{COMBINING_MARKS}', '{PLAIN}')
"""
DROP_FOLD = "DROP FUNCTION vn_fold(text)"


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL(CREATE_FOLD, DROP_FOLD),
        migrations.CreateModel(
            name='CalendarRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True, verbose_name='lần ban hành')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='ban hành lúc')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='ghi chú')),
            ],
            options={
                'verbose_name': 'lịch làm việc',
                'verbose_name_plural': 'lịch làm việc',
            },
        ),
        migrations.CreateModel(
            name='Officer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('username', models.CharField(max_length=50, unique=True, verbose_name='tên đăng nhập')),
                ('full_name', models.CharField(max_length=120, verbose_name='họ và tên')),
                ('phone', models.CharField(blank=True, max_length=16, verbose_name='điện thoại')),
                ('is_active', models.BooleanField(default=True, verbose_name='đang hoạt động')),
                ('must_change_password', models.BooleanField(default=True, verbose_name='phải đổi mật khẩu')),
                ('failed_sign_ins', models.PositiveSmallIntegerField(default=0, verbose_name='số lần sai mật khẩu')),
                ('locked_until', models.DateTimeField(blank=True, null=True, verbose_name='tạm khóa đến')),
                ('last_sign_in_at', models.DateTimeField(blank=True, null=True, verbose_name='đăng nhập gần nhất')),
                ('letter_shortcuts', models.BooleanField(default=True, verbose_name='dùng phím tắt một chữ cái')),
            ],
            options={
                'verbose_name': 'cán bộ, công chức',
                'verbose_name_plural': 'cán bộ, công chức',
                'constraints': [models.CheckConstraint(condition=models.Q(('username__regex', '^[a-z0-9][a-z0-9._-]*$')), name='staff_officer_username_is_plain')],
            },
        ),
        migrations.CreateModel(
            name='Commune',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gso_code', models.CharField(max_length=5, unique=True, verbose_name='mã đơn vị hành chính')),
                ('kind', models.CharField(choices=[('commune', 'xã'), ('ward', 'phường'), ('township', 'thị trấn')], max_length=10, verbose_name='loại')),
                ('name', models.CharField(max_length=100, verbose_name='tên')),
                ('short_name', models.CharField(max_length=100, verbose_name='tên gọi tắt')),
                ('org_code', models.CharField(max_length=20, unique=True, verbose_name='mã định danh cơ quan')),
                ('name_fold', models.GeneratedField(db_persist=True, expression=models.Func(models.F('name'), function='vn_fold', output_field=models.TextField()), output_field=models.TextField(), verbose_name='tên không dấu')),
            ],
            options={
                'verbose_name': 'xã, phường',
                'verbose_name_plural': 'xã, phường',
                'constraints': [models.CheckConstraint(condition=models.Q(('gso_code__regex', '^[0-9]{5}$')), name='staff_commune_gso_code_has_five_digits'), models.CheckConstraint(condition=models.Q(('org_code__regex', '^[A-Z][0-9]{2}(\\.[0-9]{2}){1,3}$')), name='staff_commune_org_code_is_well_formed'), models.CheckConstraint(condition=models.Q(('kind__in', ['commune', 'ward'])), name='staff_commune_is_commune_or_ward')],
            },
        ),
        migrations.CreateModel(
            name='Centre',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='tên trung tâm')),
                ('phone', models.CharField(blank=True, max_length=16, verbose_name='điện thoại')),
                ('address', models.CharField(blank=True, max_length=300, verbose_name='địa chỉ')),
                ('commune', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='centre', to='staff.commune', verbose_name='xã, phường')),
            ],
            options={
                'verbose_name': 'Trung tâm Phục vụ hành chính công',
                'verbose_name_plural': 'Trung tâm Phục vụ hành chính công',
            },
        ),
        migrations.CreateModel(
            name='ReceptionPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='tên điểm tiếp nhận')),
                ('short_name', models.CharField(max_length=100, verbose_name='tên gọi tắt')),
                ('address', models.CharField(blank=True, max_length=300, verbose_name='địa chỉ')),
                ('is_main', models.BooleanField(default=False, verbose_name='là trụ sở')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='thứ tự')),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reception_points', to='staff.centre', verbose_name='trung tâm')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reception_points', to='staff.commune', verbose_name='xã, phường')),
            ],
            options={
                'verbose_name': 'điểm tiếp nhận',
                'verbose_name_plural': 'điểm tiếp nhận',
                'ordering': ['commune_id', 'position'],
            },
        ),
        migrations.CreateModel(
            name='OpeningHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(verbose_name='thứ trong tuần')),
                ('opens_at', models.TimeField(verbose_name='mở cửa')),
                ('closes_at', models.TimeField(verbose_name='đóng cửa')),
                ('valid_from', models.DateField(verbose_name='áp dụng từ ngày')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='áp dụng đến ngày')),
                ('reception_only', models.BooleanField(default=False, verbose_name='chỉ tiếp nhận, không tính thời hạn')),
                ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opening_hours', to='staff.receptionpoint', verbose_name='điểm tiếp nhận')),
            ],
            options={
                'verbose_name': 'giờ làm việc',
                'verbose_name_plural': 'giờ làm việc',
                'ordering': ['point_id', 'weekday', 'opens_at'],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('province_admin', 'Quản trị cấp tỉnh'), ('commune_admin', 'Quản trị cấp xã'), ('director', 'Lãnh đạo Trung tâm'), ('clerk', 'Công chức tiếp nhận (Một cửa)'), ('handler', 'Công chức chuyên môn'), ('signatory', 'Lãnh đạo ký kết quả'), ('cashier', 'Người thu phí, lệ phí'), ('content_editor', 'Biên tập nội dung'), ('auditor', 'Kiểm tra, giám sát')], max_length=20, verbose_name='vai trò')),
                ('title', models.CharField(blank=True, max_length=120, verbose_name='chức danh')),
                ('field_codes', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, default=list, size=None, verbose_name='lĩnh vực được giao')),
                ('kind', models.CharField(choices=[('own', 'biên chế của đơn vị'), ('posted', 'được cử đến'), ('seconded', 'biệt phái'), ('stand_in', 'làm thay')], default='own', max_length=10, verbose_name='hình thức')),
                ('valid_from', models.DateField(verbose_name='từ ngày')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='đến ngày')),
                ('commune', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='staff.commune', verbose_name='xã, phường')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='cán bộ')),
                ('reception_point', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='staff.receptionpoint', verbose_name='điểm tiếp nhận')),
            ],
            options={
                'verbose_name': 'nơi làm việc',
                'verbose_name_plural': 'nơi làm việc',
            },
        ),
        migrations.CreateModel(
            name='SignInEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('username', models.CharField(max_length=150, verbose_name='tên đăng nhập')),
                ('address', models.GenericIPAddressField(blank=True, null=True, verbose_name='địa chỉ mạng')),
                ('outcome', models.CharField(choices=[('signed_in', 'Đăng nhập thành công'), ('wrong', 'Sai tên đăng nhập hoặc mật khẩu'), ('locked', 'Bị từ chối vì đang tạm khóa'), ('signed_out', 'Đăng xuất'), ('password_changed', 'Đổi mật khẩu'), ('switched', 'Chọn nơi làm việc')], max_length=20, verbose_name='kết quả')),
                ('at', models.DateTimeField(verbose_name='thời điểm')),
                ('officer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='cán bộ')),
            ],
            options={
                'verbose_name': 'lần đăng nhập',
                'verbose_name_plural': 'nhật ký đăng nhập',
            },
        ),
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='ngày')),
                ('kind', models.CharField(choices=[('holiday', 'Ngày nghỉ lễ, tết'), ('swapped_off', 'Ngày nghỉ hoán đổi'), ('worked_saturday', 'Ngày làm bù')], max_length=20, verbose_name='loại ngày')),
                ('name', models.CharField(max_length=200, verbose_name='tên ngày')),
                ('source', models.CharField(max_length=300, verbose_name='căn cứ')),
                ('replaces', models.DateField(blank=True, null=True, verbose_name='làm bù cho ngày')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='days', to='staff.calendarrevision', verbose_name='lịch làm việc')),
            ],
            options={
                'verbose_name': 'ngày đặc biệt',
                'verbose_name_plural': 'ngày đặc biệt',
                'ordering': ['revision_id', 'day'],
                'constraints': [models.UniqueConstraint(fields=('revision', 'day'), name='staff_calendarday_once_per_revision'), models.CheckConstraint(condition=models.Q(models.Q(('day__iso_week_day', 6), ('kind', 'worked_saturday'), ('replaces__isnull', False), ('replaces__iso_week_day__lte', 5)), models.Q(models.Q(('kind', 'worked_saturday'), _negated=True), ('replaces__isnull', True)), _connector='OR'), name='staff_calendarday_worked_saturday_replaces_a_weekday'), models.CheckConstraint(condition=models.Q(('replaces__isnull', True), models.Q(('replaces', models.F('day')), _negated=True), _connector='OR'), name='staff_calendarday_replaces_another_day')],
            },
        ),
        migrations.CreateModel(
            name='CalendarYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='years', to='staff.calendarrevision', verbose_name='lịch làm việc')),
            ],
            options={
                'verbose_name': 'năm của lịch',
                'verbose_name_plural': 'các năm của lịch',
                'constraints': [models.UniqueConstraint(fields=('revision', 'year'), name='staff_calendaryear_once_per_revision')],
            },
        ),
        migrations.CreateModel(
            name='FormerCommune',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='tên cũ')),
                ('kind', models.CharField(choices=[('commune', 'xã'), ('ward', 'phường'), ('township', 'thị trấn')], max_length=10, verbose_name='loại')),
                ('district', models.CharField(max_length=100, verbose_name='huyện cũ')),
                ('former_code', models.CharField(max_length=5, verbose_name='mã cũ')),
                ('extent', models.CharField(choices=[('whole', 'toàn bộ'), ('part', 'một phần')], max_length=5, verbose_name='phạm vi')),
                ('name_fold', models.GeneratedField(db_persist=True, expression=models.Func(models.F('name'), function='vn_fold', output_field=models.TextField()), output_field=models.TextField(), verbose_name='tên không dấu')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='former_communes', to='staff.commune', verbose_name='xã, phường')),
            ],
            options={
                'verbose_name': 'xã, phường cũ',
                'verbose_name_plural': 'xã, phường cũ',
                'constraints': [models.UniqueConstraint(fields=('commune', 'former_code'), name='staff_formercommune_once_per_commune')],
            },
        ),
        migrations.CreateModel(
            name='AccessLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case_code', models.CharField(max_length=60, verbose_name='mã hồ sơ')),
                ('what', models.CharField(max_length=60, verbose_name='nội dung đã xem')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='lý do')),
                ('hour', models.DateTimeField(verbose_name='giờ')),
                ('at', models.DateTimeField(verbose_name='thời điểm')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='cán bộ')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.commune', verbose_name='xã, phường')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.membership', verbose_name='nơi làm việc')),
            ],
            options={
                'verbose_name': 'lượt xem hồ sơ',
                'verbose_name_plural': 'nhật ký xem hồ sơ',
                'indexes': [models.Index(fields=['commune', 'at'], name='staff_accesslog_commune_at'), models.Index(fields=['commune', 'case_code', 'at'], name='staff_accesslog_commune_case')],
                'constraints': [models.UniqueConstraint(fields=('officer', 'case_code', 'what', 'hour'), name='staff_accesslog_once_per_hour')],
            },
        ),
        migrations.AddConstraint(
            model_name='receptionpoint',
            constraint=models.UniqueConstraint(fields=('commune', 'position'), name='staff_receptionpoint_position_once_per_commune'),
        ),
        migrations.AddConstraint(
            model_name='receptionpoint',
            constraint=models.UniqueConstraint(condition=models.Q(('is_main', True)), fields=('commune',), name='staff_receptionpoint_one_main_per_commune'),
        ),
        migrations.AddConstraint(
            model_name='openinghours',
            constraint=models.UniqueConstraint(fields=('point', 'weekday', 'opens_at', 'valid_from'), name='staff_openinghours_session_once'),
        ),
        migrations.AddConstraint(
            model_name='openinghours',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__gte', 0), ('weekday__lte', 6)), name='staff_openinghours_weekday_in_week'),
        ),
        migrations.AddConstraint(
            model_name='openinghours',
            constraint=models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='staff_openinghours_closes_after_opening'),
        ),
        migrations.AddConstraint(
            model_name='openinghours',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='staff_openinghours_validity_ordered'),
        ),
        migrations.AddConstraint(
            model_name='openinghours',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__lte', 4), ('reception_only', True), _connector='OR'), name='staff_openinghours_weekend_is_reception_only'),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(fields=['commune', 'role'], name='staff_membership_commune_role'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('officer', 'commune', 'role', 'valid_from'), name='staff_membership_once_per_start', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('commune__isnull', False), ('role__in', ['auditor', 'content_editor', 'province_admin']), _connector='OR'), name='staff_membership_commune_unless_province_role'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role', 'province_admin'), _negated=True), ('commune__isnull', True), _connector='OR'), name='staff_membership_province_admin_has_no_commune'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('reception_point__isnull', True), ('commune__isnull', False), _connector='OR'), name='staff_membership_point_needs_commune'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='staff_membership_validity_ordered'),
        ),
        migrations.AddIndex(
            model_name='signinevent',
            index=models.Index(fields=['username', 'at'], name='staff_signinevent_name_at'),
        ),
        migrations.AddIndex(
            model_name='signinevent',
            index=models.Index(fields=['at'], name='staff_signinevent_at'),
        ),
    ]
