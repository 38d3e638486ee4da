// The servers as a process of their own, which ends with the one that started it.
import { createServers, type Message, type Reply } from './servers.ts';

const servers = createServers();
const answer = (reply: Reply) => process.send?.(reply);

process.on('message', async ({ id, name, args }: Message) => {
  try {
    const call = servers[name] as (...args: unknown[]) => Promise<unknown>;
    answer({ id, value: await call(...args) });
  } catch (error) {
    answer({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
process.on('disconnect', () => servers.stop().finally(() => process.exit()));
// Ctrl+C reaches the whole group; the one that started it says when to end.
process.on('SIGINT', () => {});
