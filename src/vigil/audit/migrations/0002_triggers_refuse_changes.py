"""Records are never changed, deleted or emptied, and the head moves forward by one, whoever asks."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit records are never changed: % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER audit_record_never_changes BEFORE UPDATE OR DELETE ON audit_record
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_record_never_empties BEFORE TRUNCATE ON audit_record
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

CREATE FUNCTION audit_head_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number = OLD.number + 1 AND NEW.id = OLD.id THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the head of the audit moves forward by one' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER audit_head_moves_forward BEFORE UPDATE ON audit_head
    FOR EACH ROW EXECUTE FUNCTION audit_head_forward();
CREATE TRIGGER audit_head_never_goes BEFORE DELETE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_head_never_empties BEFORE TRUNCATE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""

BACKWARD = """
DROP TRIGGER audit_record_never_changes ON audit_record;
DROP TRIGGER audit_record_never_empties ON audit_record;
DROP TRIGGER audit_head_moves_forward ON audit_head;
DROP TRIGGER audit_head_never_goes ON audit_head;
DROP TRIGGER audit_head_never_empties ON audit_head;
DROP FUNCTION audit_head_forward();
DROP FUNCTION audit_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_records_that_only_grow")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
