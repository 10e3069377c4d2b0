import { defineConfig } from "prisma/config";

// The contenders' own client: no URL here, they are handed one.
export default defineConfig({ schema: "prisma/schema.prisma" });
