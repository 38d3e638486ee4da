import { parseArgs } from 'node:util';
import { examine, toText } from '../doctor.ts';
import { regionsFromEnv, s3OptionsFromEnv } from '../s3/s3-from-env.ts';

const USAGE = `npx @portage/server doctor [options]

Looks at the bucket that the environment names (S3_BUCKET, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, and S3_REGION,
S3_ENDPOINT, S3_PROFILE, S3_FORCE_PATH_STYLE where needed), and says what is missing for uploads. With S3_REGIONS=eu,us it
looks at several, each by variables of its own, such as S3_BUCKET_EU. It does not look at the upload server: whether that
trusts a proxy before it is its option \`trustProxy\`, and its own names are \`hosts\`.

  --origin <url>   origin of a page that uploads, such as https://app.example; may come several times
  --fix            add the CORS rule and the lifecycle rule that are missing
  --json           the findings as JSON, for CI
  --help           this text

Ends with 0 where the bucket is ready, 1 where something failed, 2 where it could not look.`;

type Print = (line: string) => void;

/** Runs the command; returns its exit code. */
export async function runCli(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  print: Print,
  complain: Print,
): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    if (values.help === true) {
      print(USAGE);
      return 0;
    }
    if (positionals.length !== 1 || positionals[0] !== 'doctor') throw new TypeError(`Which command?\n\n${USAGE}`);
    const { origin: origins = [], fix = false, json = false } = values;
    const wrong = origins.find((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin);
    if (wrong !== undefined)
      throw new TypeError(`--origin ${wrong}: an origin has a scheme and a host, and nothing after it.`);
    const diagnosis = await examine({ storage: regionsFromEnv(env) ?? s3OptionsFromEnv(env), origins, fix });
    print(json ? JSON.stringify(diagnosis, null, 2) : toText(diagnosis));
    return diagnosis.healthy ? 0 : 1;
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
    return 2;
  }
}

const OPTIONS = {
  origin: { type: 'string', multiple: true },
  fix: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;
