import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

/** On loopback, where nobody is allowed to have messages sent to. */
export async function closedReceiver() {
  let connections = 0;
  const listener = createServer(() => {
    connections += 1;
  }).listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    connections: () => connections,
    close: async () => {
      listener.close();
      await once(listener, "close");
    },
  };
}
