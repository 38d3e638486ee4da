// The documentation as a site, of the guides and READMEs that are there: `npm run docs` writes it to `docs-site`, with `llms.txt`
// and `llms-full.txt`. VitePress draws it; it is fetched when it is needed, as pnpm is.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const VITEPRESS = '1.6.4';
const SHADCN = '4.23.1';

const SECTIONS = {
  Start: [
    ...['README.md', 'docs/first-upload.md', 'docs/setups.md'],
    ...['packages/react/docs/getting-started.mdx', 'docs/features.md'],
  ],
  'In React': [
    ...['anatomy', 'theming', 'forms', 'hooks', 'errors', 'processing', 'testing'],
    ...['from-uppy', 'from-react-dropzone'],
  ].map((name) => `packages/react/docs/${name}.mdx`),
  'On the server': [
    'packages/server/README.md',
    ...['deployment', 'regions', 'gateways', 'runtimes', 'security', 'formats'].map((name) => `docs/${name}.md`),
  ],
  'How it works': [
    ...['architecture', 'performance', 'glossary', 'words'].map((name) => `docs/${name}.md`),
    'CONTRIBUTING.md',
    'SECURITY.md',
  ],
  Packages: ['react', 'uppy', 'mock-s3', 'testing', 'processing', 'create', 'engine', 'protocol'].map(
    (name) => `packages/${name}/README.md`,
  ),
};

const pathOf = (source) =>
  source === 'README.md'
    ? 'index'
    : source
        .replace(/^packages\/react\/docs\//, 'react/')
        .replace(/^docs\//, 'docs/')
        .replace(/\/README\.md$/, '')
        .replace(/\.mdx?$/, '')
        .toLowerCase();

/** MDX without what only Storybook knows. Components are drawn when the site is built. */
const markdownOf = (text) => text.replace(/^(?:import [^\n]*storybook[^\n]*|<Meta [^\n]*\/>)\n+/gm, '').trimStart();

export function pages() {
  return Object.entries(SECTIONS).flatMap(([section, sources]) =>
    sources.map((source) => {
      const text = markdownOf(readFileSync(join(root, source), 'utf8'));
      const title = /^# (.+)$/m.exec(text)?.[1] ?? source;
      return { section, source, path: pathOf(source), title, text };
    }),
  );
}

/** The text around code, which has no links. */
const prose = (text) =>
  text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, (code) => code.replace(/[\][]/g, ' '));

const LINK = /(!?)\[((?:[^\][]|\[[^\][]*\])*)\]\(([^()\s]+)\)/g;

const isElsewhere = (target) => /^[a-z]+:/i.test(target);

/** The names of a page's headings, as GitHub and VitePress make them. */
const anchorsOf = (text) =>
  [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );

function resolved(source, target) {
  // As Storybook, which shows the same guides, has it.
  const guide = /^\?path=\/docs\/guides-([\w-]+)--docs$/.exec(target)?.[1];
  if (guide) return { path: `packages/react/docs/${guide}.mdx` };
  const [path, anchor] = target.split('#');
  return { path: path === '' ? source : posix.join(posix.dirname(source), decodeURI(path)), anchor };
}

export function deadLinks(all) {
  return all.flatMap(({ source, text }) =>
    [...prose(text).matchAll(LINK)].flatMap(([, , , target]) => {
      if (isElsewhere(target)) return [];
      const { path, anchor } = resolved(source, target);
      if (!existsSync(join(root, path))) return [`${source}: ${target}`];
      if (anchor === undefined || !/\.mdx?$/.test(path)) return [];
      const anchors = anchorsOf(markdownOf(readFileSync(join(root, path), 'utf8')));
      return anchors.includes(anchor) ? [] : [`${source}: ${target}`];
    }),
  );
}

/** The first paragraph of a page: its first two sentences. */
function summaryOf({ text }) {
  const [paragraph = ''] =
    /^(?!import )[\p{L}\d<`*_[][^\n]*(?:\n[^\n]+)*/mu.exec(text.replace(/^```[\s\S]*?^```/gm, '')) ?? [];
  const plain = paragraph.replaceAll('\n', ' ').replace(LINK, '$2');
  return /^(?:.*?[.](?= |$)){1,2}/.exec(plain)?.[0].trim() ?? plain.replace(/:$/, '.');
}

export function llmsText(all) {
  const [first, ...others] = all;
  const sections = [...new Set(others.map(({ section }) => section))].map((section) => {
    const lines = others
      .filter((page) => page.section === section)
      .map((page) => `- [${page.title}](/${page.path}.md): ${summaryOf(page)}`);
    return `## ${section}\n\n${lines.join('\n')}`;
  });
  return `# Portage\n\n> ${summaryOf(first)}\n\n${sections.join('\n\n')}\n`;
}

/** A page with links of the site: to what is not in it there is none, as long as the source has no public address. */
function ofSite(page, all, folder) {
  const code = [];
  const hidden = page.text.replace(/^```[\s\S]*?^```/gm, (block) => `\u0000${code.push(block) - 1}\u0000`);
  const copied = (path) => {
    const name = path.replaceAll('/', '-');
    mkdirSync(join(folder, 'public'), { recursive: true });
    cpSync(join(root, path), join(folder, 'public', name));
    return `/${name}`;
  };
  const drawn = hidden.replace(/(?<= (?:src|srcset)=")(?!\w+:)[^"]+(?=")/g, (target) =>
    copied(resolved(page.source, target).path),
  );
  const linked = drawn.replace(LINK, (whole, image, words, target) => {
    if (isElsewhere(target)) return whole;
    const { path, anchor } = resolved(page.source, target);
    if (image) return `![${words}](${copied(path)})`;
    const to = all.find(({ source }) => source === path);
    return to ? `[${words}](/${to.path}${anchor ? `#${anchor}` : ''})` : words;
  });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: stands for code, and is in no text
  return linked.replace(/\u0000(\d+)\u0000/g, (_, index) => code[Number(index)]);
}

/** The tables that guides draw from what the packages say. */
async function drawTables(texts) {
  const { createServer } = await import('vite');
  const { createElement } = await import('react');
  const { renderToStaticMarkup } = await import('react-dom/server');
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, watch: null },
    oxc: { jsx: { runtime: 'automatic' } },
    resolve: { conditions: ['@portage/source'] },
    ssr: { noExternal: [/^@portage\//], resolve: { conditions: ['@portage/source'] } },
  });
  try {
    return await Promise.all(
      texts.map(async (text) => {
        const [, name, file] = /^import \{ (\w+) \} from '\.\/([\w-]+\.tsx)';$/m.exec(text) ?? [];
        if (!name) return text;
        const loaded = await server.ssrLoadModule(`/packages/react/docs/${file}`);
        const drawn = renderToStaticMarkup(createElement(loaded[name]));
        return text
          .replace(/^import \{ \w+ \} from '\.\/.*\n+/m, '')
          .replace(`<${name} />`, `<div v-pre>${drawn}</div>`);
      }),
    );
  } finally {
    await server.close();
  }
}

async function build() {
  const out = join(root, 'docs-site');
  const folder = mkdtempSync(join(tmpdir(), 'portage-docs-'));
  try {
    const all = pages();
    const dead = deadLinks(all);
    if (dead.length > 0) throw new Error(`These links lead nowhere:\n${dead.join('\n')}`);
    const texts = await drawTables(all.map((page) => ofSite(page, all, folder)));
    mkdirSync(join(folder, 'public'), { recursive: true });
    for (const [index, { path }] of all.entries()) {
      for (const place of [folder, join(folder, 'public')]) {
        mkdirSync(dirname(join(place, path)), { recursive: true });
        writeFileSync(join(place, `${path}.md`), texts[index]);
      }
    }
    writeFileSync(join(folder, 'public/llms.txt'), llmsText(all));
    writeFileSync(join(folder, 'public/llms-full.txt'), texts.join('\n\n'));
    const sidebar = Object.keys(SECTIONS).map((section) => ({
      text: section,
      items: all
        .filter((page) => page.section === section)
        .map(({ title, path }) => ({ text: title, link: `/${path}` })),
    }));
    const themeConfig = { sidebar, search: { provider: 'local' }, outline: [2, 3] };
    const config = { title: 'Portage', cleanUrls: true, srcExclude: ['public/**'], themeConfig };
    mkdirSync(join(folder, '.vitepress'));
    writeFileSync(join(folder, '.vitepress/config.mjs'), `export default ${JSON.stringify(config, null, 2)};\n`);
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
    // The components to copy and own, each as the JSON that shadcn's CLI reads.
    const registry = `--cwd ${join(root, 'registry')} --output ${join(folder, 'public/r')}`;
    for (const command of [
      `npm install --no-audit --no-fund vitepress@${VITEPRESS} shadcn@${SHADCN}`,
      `npx shadcn build ${join(root, 'registry/registry.json')} ${registry}`,
      'npx vitepress build',
    ])
      if (spawnSync(command, { cwd: folder, shell: true, stdio: 'inherit' }).status !== 0) throw new Error(command);
    rmSync(out, { recursive: true, force: true });
    cpSync(join(folder, '.vitepress/dist'), out, { recursive: true });
    console.log(`${all.length} pages are in docs-site.`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
