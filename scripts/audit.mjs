// Asks the registry for known faults, high and critical ones, in what the published packages depend on. Fails where there is
// one; says so and passes where the registry does not offer it, or cannot be reached. Run by `npm run audit`.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const pnpm = fileURLToPath(new URL('./pnpm.mjs', import.meta.url));
const args = [pnpm, 'audit', '--prod', '--audit-level', 'high', '--json'];
const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 120_000 });
const report = parse(stdout);
const counts = report?.metadata?.vulnerabilities;
if (counts === undefined) {
  const why = (report?.error?.message ?? `${stdout}${stderr}`.trim().split('\n').at(-1) ?? '').slice(0, 200);
  console.log(`The registry did not say what is known: ${why || 'no response'}`);
} else {
  for (const { module_name, severity, title, patched_versions } of Object.values(report.advisories ?? {}))
    if (['high', 'critical'].includes(severity))
      console.log(`${severity}: ${module_name}, ${title}; mended in ${patched_versions}`);
  console.log(
    `known faults: ${counts.critical} critical, ${counts.high} high, ${counts.moderate} moderate, ${counts.low} low`,
  );
  process.exitCode = counts.critical + counts.high > 0 ? 1 : 0;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
