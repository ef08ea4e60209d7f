"""What tests with real commits leave behind is taken away, and what the migrations had loaded is given back.

Django's own way empties every table after each such test, and takes ten times as long. The database's
user must be allowed to set `session_replication_role`, as that of the embedded PostgreSQL is.
"""

from __future__ import annotations

from django.db import connection

# Most tables are empty in a new market. Those that are not tell when somebody writes to them.
_REMEMBER = """
DROP SCHEMA IF EXISTS as_migrated CASCADE;
CREATE SCHEMA as_migrated;
CREATE TABLE as_migrated.empty (place text);
CREATE TABLE as_migrated.loaded (place text);
CREATE TABLE as_migrated.touched (place text);
CREATE FUNCTION as_migrated.tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO as_migrated.touched VALUES (TG_TABLE_NAME);
  RETURN NULL;
END $$;
DO $$
DECLARE place text; is_loaded boolean;
BEGIN
  FOR place IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('SELECT EXISTS (TABLE public.%I)', place) INTO is_loaded;
    IF is_loaded THEN
      INSERT INTO as_migrated.loaded VALUES (place);
      EXECUTE format('CREATE TABLE as_migrated.%I AS TABLE public.%I', 'rows_of_' || place, place);
      EXECUTE format('CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON public.%I
        EXECUTE FUNCTION as_migrated.tell()', place);
    ELSE
      INSERT INTO as_migrated.empty VALUES (place);
    END IF;
  END LOOP;
END $$;
"""
# A room process may write beside us. It waits for what we delete and is then refused by a foreign key, so
# that a second look finds whatever came in between.
_RESTORE = """
CREATE FUNCTION as_migrated.restore() RETURNS void LANGUAGE plpgsql
  SET session_replication_role = replica -- no trigger refuses, no reference is asked for
AS $$
DECLARE place text; has_rows boolean; found_some boolean := true;
BEGIN
  WHILE found_some LOOP
    found_some := false;
    FOR place IN TABLE as_migrated.empty LOOP
      EXECUTE format('SELECT EXISTS (TABLE public.%I)', place) INTO has_rows;
      CONTINUE WHEN NOT has_rows;
      found_some := true;
      EXECUTE format('DELETE FROM public.%I', place);
    END LOOP;
  END LOOP;
  FOR place IN SELECT DISTINCT touched.place FROM as_migrated.touched LOOP
    EXECUTE format('DELETE FROM public.%I', place);
    EXECUTE format('INSERT INTO public.%I TABLE as_migrated.%I', place, 'rows_of_' || place);
  END LOOP;
  DELETE FROM as_migrated.touched;
END $$;
"""


def remember_what_is_loaded() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_REMEMBER)
        cursor.execute(_RESTORE)


def take_away() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT as_migrated.restore()")
