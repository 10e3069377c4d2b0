import { defineConfig } from "prisma/config";

// No database URL here: migrations are applied by our own runner (src/migrate.ts).
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
});
