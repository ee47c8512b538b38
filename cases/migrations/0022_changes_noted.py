"""Triggers note what a transaction writes into open cases: the counts above the queue read it."""

import django.db.models.deletion
from django.db import migrations, models

# Where numbers of transactions can be compared: another place after a restore, a fail-over, or once the table was
# emptied. The words do not depend on the settings of a session.
PLACE = """
CREATE FUNCTION cases_place() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT hashtextextended(
        extract(epoch FROM pg_postmaster_start_time())::text || ' ' || pg_relation_filepath('cases_case'), 0
    )
$$;
"""
COLUMNS = "commune_id, state, due_at, field_code, channel, holder_id, reception_point_id"
OPEN = """(
    'submitted', 'registered', 'in_progress', 'awaiting_approval', 'awaiting_completion', 'awaiting_supplement',
    'awaiting_payment', 'resolved'
)"""
WRITTEN = f"""
    INSERT INTO cases_casechange (place, xact, sign, {COLUMNS})
        SELECT cases_place(), pg_current_xact_id()::text::bigint, sign, {COLUMNS} FROM ({{versions}}) AS written WHERE state IN {OPEN};
"""
OLDER, NEWER = (f"SELECT id, {COLUMNS} FROM {name}" for name in ("older", "newer"))

# An update that changes nothing of what is counted leaves no note.
NOTE = f"""
{PLACE}
CREATE FUNCTION cases_note_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {WRITTEN.format(versions=f"SELECT 1 AS sign, * FROM ({NEWER}) AS n")}
    RETURN NULL;
END $$;
CREATE FUNCTION cases_note_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {WRITTEN.format(versions=f"SELECT -1 AS sign, * FROM ({OLDER}) AS o")}
    RETURN NULL;
END $$;
CREATE FUNCTION cases_note_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {WRITTEN.format(versions=f"SELECT -1 AS sign, * FROM ({OLDER} EXCEPT {NEWER}) AS o"
                             f" UNION ALL SELECT 1, * FROM ({NEWER} EXCEPT {OLDER}) AS n")}
    RETURN NULL;
END $$;
CREATE TRIGGER note_insert AFTER INSERT ON cases_case REFERENCING NEW TABLE AS newer
    FOR EACH STATEMENT EXECUTE FUNCTION cases_note_insert();
CREATE TRIGGER note_delete AFTER DELETE ON cases_case REFERENCING OLD TABLE AS older
    FOR EACH STATEMENT EXECUTE FUNCTION cases_note_delete();
CREATE TRIGGER note_update AFTER UPDATE ON cases_case REFERENCING OLD TABLE AS older NEW TABLE AS newer
    FOR EACH STATEMENT EXECUTE FUNCTION cases_note_update();
"""  # noqa: S608 (names of this file)
NO_NOTE = "".join(
    f"DROP TRIGGER note_{way} ON cases_case; DROP FUNCTION cases_note_{way}();"
    for way in ("insert", "delete", "update")
) + "DROP FUNCTION cases_place();"


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0021_room_for_the_next_version'),
        ('staff', '0005_sign_ins_by_address'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.BigIntegerField(verbose_name='nơi')),
                ('xact', models.BigIntegerField(verbose_name='giao dịch')),
                ('sign', models.SmallIntegerField(verbose_name='thêm hay bớt')),
                ('state', models.CharField(choices=[('submitted', 'Chờ tiếp nhận'), ('registered', 'Đã tiếp nhận'), ('not_accepted', 'Không được tiếp nhận'), ('in_progress', 'Đang giải quyết'), ('awaiting_approval', 'Chờ ký duyệt'), ('awaiting_completion', 'Chờ hoàn thiện'), ('awaiting_supplement', 'Chờ bổ sung'), ('awaiting_payment', 'Chờ nộp tiền'), ('withdrawn', 'Đã rút'), ('stopped', 'Dừng giải quyết'), ('closed', 'Đã đóng'), ('resolved', 'Có kết quả'), ('returned', 'Đã trả kết quả')], max_length=24, verbose_name='tình trạng')),
                ('due_at', models.DateTimeField(verbose_name='hẹn trả')),
                ('field_code', models.CharField(max_length=60, verbose_name='lĩnh vực')),
                ('channel', models.CharField(choices=[('counter', 'Trực tiếp'), ('online', 'Trực tuyến'), ('post', 'Bưu chính công ích')], max_length=10, verbose_name='cách nộp')),
                ('holder_id', models.BigIntegerField(null=True, verbose_name='người xử lý')),
                ('reception_point_id', models.BigIntegerField(verbose_name='điểm tiếp nhận')),
                ('noticed_at', models.DateTimeField(null=True, verbose_name='thấy lúc')),
                ('commune', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, to='staff.commune')),
            ],
            options={
                'verbose_name': 'thay đổi của hồ sơ',
                'indexes': [models.Index(fields=['commune', 'xact'], name='cases_change_by_xact')],
                'constraints': [models.CheckConstraint(condition=models.Q(('sign__in', (-1, 1))), name='cases_casechange_one_case')],
            },
        ),
        migrations.RunSQL(NOTE, NO_NOTE),
    ]
