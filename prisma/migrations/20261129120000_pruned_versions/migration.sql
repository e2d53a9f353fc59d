-- CreateTable
CREATE TABLE "pruned_version" (
    "topology" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "content_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "pruned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pruned_version_pkey" PRIMARY KEY ("topology","number")
);

-- CreateIndex
CREATE INDEX "pruned_version_topology_content_hash_idx" ON "pruned_version"("topology", "content_hash");


-- From here on: what schema.prisma cannot say.

CREATE TRIGGER "pruned_version_never_changes" BEFORE UPDATE ON "pruned_version" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- A version's rows may go once its topology was deleted, or once it is written down that it was pruned.
CREATE OR REPLACE FUNCTION "refuse_deletion_of_living"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM "topology" WHERE "name" = OLD."topology" AND "floor" >= OLD."number")
        OR EXISTS (SELECT FROM "pruned_version" WHERE "topology" = OLD."topology" AND "number" = OLD."number") THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'version % of % exists for ever', OLD."number", OLD."topology" USING ERRCODE = 'object_not_in_prerequisite_state';
END
$$;
