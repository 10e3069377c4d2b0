import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { links } from "../api/links.ts";
import { makeQueryClient } from "../api/query-client.ts";
import { trpc } from "../api/trpc.ts";
import { router } from "./router.tsx";
import { colorSchemeManager, theme } from "./theme.ts";

const queryClient = makeQueryClient();
const trpcClient = trpc.createClient({ links });

/** The console, put together. */
export function Console() {
  return (
    <trpc.Provider client={trpcClient} queryClient={queryClient}>
      <QueryClientProvider client={queryClient}>
        <MantineProvider
          theme={theme}
          defaultColorScheme="auto"
          colorSchemeManager={colorSchemeManager}
        >
          <Notifications position="bottom-right" autoClose={6000} limit={4} />
          <RouterProvider router={router} />
        </MantineProvider>
      </QueryClientProvider>
    </trpc.Provider>
  );
}
