-- CreateTable
CREATE TABLE "lease" (
    "key" TEXT NOT NULL,
    "minute" TIMESTAMPTZ(3) NOT NULL,
    "granted" INTEGER NOT NULL,
    "latest" INTEGER NOT NULL,

    CONSTRAINT "lease_pkey" PRIMARY KEY ("key")
);


-- From here on: what schema.prisma cannot say.

-- Counts of the minute that is running: after a crash a new one begins.
ALTER TABLE "lease" SET UNLOGGED;
