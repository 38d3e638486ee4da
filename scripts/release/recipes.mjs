// Reads recipes out of the documentation: what a newcomer types and pastes, exactly as it is printed.

/** Commands that go on running: the servers of an app. */
const RUNS_ON = /^(?:[A-Z]+=\S+ )?(?:node |bun |deno run |npm start\b|npm run dev\b|npm create portage\b)/;

/**
 * The recipe below a heading of a Markdown text, as far as the next heading of that level or a higher one.
 * @returns `commands` that end, `starts` that run on, and `files`: by their path, which stands in code before the block.
 */
export function recipeOf(text, heading) {
  const lines = text.split('\n');
  const level = /^#+/.exec(lines.find((line) => line.replace(/^#+ /, '') === heading) ?? '')?.[0].length;
  if (level === undefined) throw new Error(`There is no heading "${heading}".`);
  const start = lines.indexOf(`${'#'.repeat(level)} ${heading}`) + 1;
  const length = lines.slice(start).findIndex((line) => (/^#+(?= )/.exec(line)?.[0].length ?? 7) <= level);
  const section = `\n${lines.slice(start, length === -1 ? undefined : start + length).join('\n')}`;
  const recipe = { commands: [], starts: [], files: new Map() };
  for (const [, before, language, code] of section.matchAll(/(.*)\n\n```(\w+)\n([\s\S]*?)^```/gm)) {
    if (language === 'sh')
      for (const line of code.trim().split('\n')) recipe[RUNS_ON.test(line) ? 'starts' : 'commands'].push(line);
    else {
      const path = /`([^`]+)`:$/.exec(before)?.[1];
      if (path === undefined) throw new Error(`A block of "${heading}" has no path before it:\n${code}`);
      recipe.files.set(path, code);
    }
  }
  return recipe;
}

/** Several recipes, one over the other: commands one after another, a file of a later one in place of an earlier one. */
export const together = (...recipes) => ({
  commands: recipes.flatMap(({ commands }) => commands),
  starts: [...new Set(recipes.flatMap(({ starts }) => starts))],
  files: new Map(recipes.flatMap(({ files }) => [...files])),
});

/** Of a recipe, these files alone. */
export const onlyFiles = ({ files }, ...paths) => ({
  commands: [],
  starts: [],
  files: new Map([...files].filter(([path]) => paths.includes(path))),
});
