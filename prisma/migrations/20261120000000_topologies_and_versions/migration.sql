-- CreateEnum
CREATE TYPE "compatibility" AS ENUM ('NONE', 'NO_LOST_REACH', 'NO_NEW_REACH', 'FULL');

-- CreateTable
CREATE TABLE "topology" (
    "name" TEXT COLLATE "C" NOT NULL,
    "description" TEXT,
    "compatibility" "compatibility" NOT NULL DEFAULT 'NONE',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),
    "head" INTEGER NOT NULL DEFAULT 0,
    "floor" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "topology_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "version" (
    "topology" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "content_hash" TEXT NOT NULL,
    "header" TEXT NOT NULL,
    "message" TEXT,
    "author" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "version_pkey" PRIMARY KEY ("topology","number")
);

-- CreateTable
CREATE TABLE "part" (
    "topology" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "cluster" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "places_digest" TEXT NOT NULL,

    CONSTRAINT "part_pkey" PRIMARY KEY ("topology","number","ordinal")
);

-- CreateTable
CREATE TABLE "content" (
    "digest" TEXT NOT NULL,
    "size" INTEGER NOT NULL,

    CONSTRAINT "content_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "chunk" (
    "digest" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "body" BYTEA NOT NULL,

    CONSTRAINT "chunk_pkey" PRIMARY KEY ("digest","ordinal")
);

-- CreateTable
CREATE TABLE "tag" (
    "topology" TEXT NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "number" INTEGER NOT NULL,

    CONSTRAINT "tag_pkey" PRIMARY KEY ("topology","name")
);

-- CreateTable
CREATE TABLE "idempotency" (
    "topology" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "unchanged" BOOLEAN NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_pkey" PRIMARY KEY ("topology","key")
);

-- CreateIndex
CREATE INDEX "version_topology_content_hash_number_idx" ON "version"("topology", "content_hash", "number");

-- CreateIndex
CREATE INDEX "part_digest_idx" ON "part"("digest");

-- CreateIndex
CREATE INDEX "part_places_digest_idx" ON "part"("places_digest");

-- CreateIndex
CREATE INDEX "tag_topology_number_idx" ON "tag"("topology", "number");

-- AddForeignKey
ALTER TABLE "version" ADD CONSTRAINT "version_topology_fkey" FOREIGN KEY ("topology") REFERENCES "topology"("name") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "part" ADD CONSTRAINT "part_topology_number_fkey" FOREIGN KEY ("topology", "number") REFERENCES "version"("topology", "number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "part" ADD CONSTRAINT "part_digest_fkey" FOREIGN KEY ("digest") REFERENCES "content"("digest") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "part" ADD CONSTRAINT "part_places_digest_fkey" FOREIGN KEY ("places_digest") REFERENCES "content"("digest") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chunk" ADD CONSTRAINT "chunk_digest_fkey" FOREIGN KEY ("digest") REFERENCES "content"("digest") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tag" ADD CONSTRAINT "tag_topology_number_fkey" FOREIGN KEY ("topology", "number") REFERENCES "version"("topology", "number") ON DELETE RESTRICT ON UPDATE CASCADE;


-- From here on: what schema.prisma cannot say.

-- Numbers count from 1, and a topology never hides versions that it has not had.
ALTER TABLE "version" ADD CONSTRAINT "version_number_positive" CHECK ("number" > 0);
ALTER TABLE "topology" ADD CONSTRAINT "topology_floor_within_head" CHECK ("floor" >= 0 AND "floor" <= "head");

-- Bodies come compressed: do not try again.
ALTER TABLE "chunk" ALTER COLUMN "body" SET STORAGE EXTERNAL;

-- Versions and contents never change. A version's rows may go only once its topology was deleted.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % never change', TG_TABLE_NAME USING ERRCODE = 'object_not_in_prerequisite_state';
END
$$;

CREATE FUNCTION "refuse_deletion_of_living"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM "topology" WHERE "name" = OLD."topology" AND "floor" >= OLD."number") THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'version % of % exists for ever', OLD."number", OLD."topology" USING ERRCODE = 'object_not_in_prerequisite_state';
END
$$;

CREATE TRIGGER "version_never_changes" BEFORE UPDATE ON "version" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "part_never_changes" BEFORE UPDATE ON "part" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "content_never_changes" BEFORE UPDATE ON "content" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "chunk_never_changes" BEFORE UPDATE ON "chunk" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "version_lives_for_ever" BEFORE DELETE ON "version" FOR EACH ROW EXECUTE FUNCTION "refuse_deletion_of_living"();
CREATE TRIGGER "part_lives_for_ever" BEFORE DELETE ON "part" FOR EACH ROW EXECUTE FUNCTION "refuse_deletion_of_living"();
CREATE TRIGGER "version_not_truncated" BEFORE TRUNCATE ON "version" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "part_not_truncated" BEFORE TRUNCATE ON "part" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
