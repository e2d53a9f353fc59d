-- CreateEnum
CREATE TYPE "scope" AS ENUM ('read', 'write', 'admin');

-- CreateTable
CREATE TABLE "token" (
    "id" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" "scope"[],
    "topologies" TEXT[],
    "of_tenants" BOOLEAN NOT NULL,
    "tenants" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "token_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "token_digest_key" ON "token"("digest");


-- From here on: what schema.prisma cannot say.

-- Lists of tokens go on by id, whatever the database's language.
ALTER TABLE "token" ALTER COLUMN "id" TYPE TEXT COLLATE "C";

-- What a token allows is decided once: only its end may change, and only to come.
CREATE FUNCTION "refuse_change_but_of_end"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD."revoked_at" IS NULL AND to_jsonb(NEW) - 'revoked_at' = to_jsonb(OLD) - 'revoked_at' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % never change', TG_TABLE_NAME USING ERRCODE = 'object_not_in_prerequisite_state';
END
$$;

CREATE TRIGGER "token_never_changes" BEFORE UPDATE ON "token" FOR EACH ROW EXECUTE FUNCTION "refuse_change_but_of_end"();
