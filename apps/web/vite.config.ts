import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const SERVER = "http://localhost:4000";
const SERVED_BY_SERVER = ["/trpc", "/api", "/auth", "/health", "/docs"];

/** The console is static files; everything that answers comes from the server. */
export default defineConfig({
  plugins: [react()],
  server: {
    host: "localhost",
    port: 5173,
    proxy: Object.fromEntries(
      SERVED_BY_SERVER.map((path) => [path, { target: SERVER, xfwd: true }]),
    ),
  },
  build: {
    target: "es2022",
    // The content security policy takes fonts from files only, never from data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: "editor",
              test: /node_modules[\\/](?:@codemirror|@lezer|codemirror|style-mod|crelt|w3c-keyname)/,
            },
            { name: "react", test: /node_modules[\\/](?:react|react-dom|scheduler)[\\/]/ },
            { name: "data", test: /node_modules[\\/](?:@tanstack|@trpc)/ },
          ],
        },
      },
    },
  },
});
