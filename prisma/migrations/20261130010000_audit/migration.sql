-- CreateTable
CREATE TABLE "audit" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "who" TEXT NOT NULL,
    "deed" TEXT NOT NULL,
    "address" TEXT,
    "topology" TEXT,
    "version" INTEGER,
    "subject" TEXT,
    "outcome" TEXT NOT NULL,
    "times" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id")
);


-- From here on: what schema.prisma cannot say.

-- Rows are only added. They may go when they are a month old, and only where the program says that it is for their age.
CREATE FUNCTION "refuse_deletion_of_recent"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('sightline.retention', true) = 'on' AND OLD."at" < now() - interval '30 days' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'rows of % are kept', TG_TABLE_NAME USING ERRCODE = 'object_not_in_prerequisite_state';
END
$$;

CREATE TRIGGER "audit_never_changes" BEFORE UPDATE ON "audit" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_is_kept" BEFORE DELETE ON "audit" FOR EACH ROW EXECUTE FUNCTION "refuse_deletion_of_recent"();
CREATE TRIGGER "audit_not_truncated" BEFORE TRUNCATE ON "audit" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
