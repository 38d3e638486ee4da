/** Resolves to `late` after `ms` milliseconds; what comes of `work` after that is for nobody. */
export function within<T>(ms: number, work: Promise<T>): Promise<T | 'late'> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve('late'), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
