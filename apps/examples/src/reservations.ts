import type { Reservations } from '@portage/server';
import type { createClient } from 'redis';

type Client = Pick<ReturnType<typeof createClient>, 'eval' | 'del' | 'hDel' | 'zRem'>;

/** Adds up what the owner's other uploads hold, then notes the new ones: in one step, so that no two calls miss each other. */
const HOLD = `
local now, untilWhen = tonumber(ARGV[1]), tonumber(ARGV[2])
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now)) do
  redis.call('ZREM', KEYS[1], id)
  redis.call('HDEL', KEYS[2], id)
end
local others = 0
for _, bytes in ipairs(redis.call('HVALS', KEYS[2])) do others = others + tonumber(bytes) end
for i = 3, #ARGV, 2 do
  redis.call('ZADD', KEYS[1], untilWhen, ARGV[i])
  redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1])
end
redis.call('PEXPIREAT', KEYS[1], untilWhen)
redis.call('PEXPIREAT', KEYS[2], untilWhen)
return tostring(others)
`;

/** Uploads under way, in Redis or Valkey, for all servers together. */
export function redisReservations(client: Client, prefix = 'uploads'): Reservations {
  // One hash slot for both, so that a cluster can run the script.
  const keysOf = (owner: string) => [`${prefix}:{${owner}}:until`, `${prefix}:{${owner}}:bytes`];
  return {
    async hold(owner, uploads, until) {
      const each = uploads.flatMap(({ id, bytes }) => [id, String(bytes)]);
      const others = await client.eval(HOLD, {
        keys: keysOf(owner),
        arguments: [String(Date.now()), String(until), ...each],
      });
      return Number(others);
    },
    async release(owner, ids) {
      const [until = '', bytes = ''] = keysOf(owner);
      await client.zRem(until, [...ids]);
      await client.hDel(bytes, [...ids]);
    },
  };
}
