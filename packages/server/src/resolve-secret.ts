import type { Logger } from './observe/logger.ts';

/**
 * The secrets that sign and open tokens. Where there is none, one for this process: good enough to try things out.
 * @throws TypeError in production: uploads would end with every restart, and no server would know those of another.
 */
export function resolveSecret(secret: string | readonly string[] | undefined, logger: Logger): readonly string[] {
  const secrets = typeof secret === 'string' ? [secret] : (secret ?? []);
  if (secrets.some((each) => each !== '')) return secrets;
  if (nodeEnv() === 'production') throw new TypeError(`\`secret\` is missing. ${ADVICE}`);
  logger.warn({}, `\`secret\` is missing: no upload can go on after this server has restarted. ${ADVICE}`);
  return [crypto.randomUUID() + crypto.randomUUID()];
}

const ADVICE = 'Make one with `openssl rand -hex 32`, and give it to all servers in UPLOADS_SECRET.';

/** Runtimes that are not Node may have no process. */
const nodeEnv = () =>
  (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.['NODE_ENV'];
