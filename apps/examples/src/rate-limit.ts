import type { RateLimit } from '@portage/server';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Files a minute, and mebibytes an hour, of each user; of each address where nobody is asked for a name. */
// With `RateLimiterRedis` and the like in place of `RateLimiterMemory`, all servers count together.
const files = new RateLimiterMemory({ keyPrefix: 'files', points: 600, duration: 60 });
const mebibytes = new RateLimiterMemory({ keyPrefix: 'mebibytes', points: 100 * 1024, duration: 3600 });

export const rateLimit: RateLimit = async ({ userId, address, files: count, bytes }) => {
  const who = userId || (address ?? 'nobody');
  return (await take(files, who, count)) ?? (await take(mebibytes, who, Math.ceil(bytes / 1024 ** 2)));
};

async function take(limiter: RateLimiterAbstract, who: string, points: number) {
  if (points === 0) return undefined;
  try {
    await limiter.consume(who, points);
    return undefined;
  } catch (reason) {
    // It rejects with a result where the limit is reached, and with an error where it cannot count.
    if (!(reason instanceof RateLimiterRes)) throw reason;
    // What was refused is counted too: one file that is too large would keep all small ones out.
    await limiter.reward(who, points);
    return { retryAfter: Math.ceil(reason.msBeforeNext / 1000) };
  }
}
