export interface Recipe {
  readonly commands: readonly string[];
  readonly starts: readonly string[];
  readonly files: ReadonlyMap<string, string>;
}
export function recipeOf(text: string, heading: string): Recipe;
export function together(...recipes: readonly Recipe[]): Recipe;
export function onlyFiles(recipe: Recipe, ...paths: readonly string[]): Recipe;
