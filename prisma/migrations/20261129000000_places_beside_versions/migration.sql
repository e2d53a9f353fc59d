-- AlterTable
ALTER TABLE "version" ADD COLUMN     "places_digest" TEXT;

-- CreateIndex
CREATE INDEX "version_places_digest_idx" ON "version"("places_digest");

-- AddForeignKey
ALTER TABLE "version" ADD CONSTRAINT "version_places_digest_fkey" FOREIGN KEY ("places_digest") REFERENCES "content"("digest") ON DELETE RESTRICT ON UPDATE CASCADE;


-- From here on: what schema.prisma cannot say.

-- Where things were written is kept beside what they say: whoever brings the same content from other files tells it anew.
CREATE FUNCTION "refuse_change_but_of_places"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'places_digest' = to_jsonb(OLD) - 'places_digest' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % never change', TG_TABLE_NAME USING ERRCODE = 'object_not_in_prerequisite_state';
END
$$;

DROP TRIGGER "version_never_changes" ON "version";
DROP TRIGGER "part_never_changes" ON "part";
CREATE TRIGGER "version_never_changes" BEFORE UPDATE ON "version" FOR EACH ROW EXECUTE FUNCTION "refuse_change_but_of_places"();
CREATE TRIGGER "part_never_changes" BEFORE UPDATE ON "part" FOR EACH ROW EXECUTE FUNCTION "refuse_change_but_of_places"();
