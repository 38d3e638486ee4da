import type { ReactNode } from 'react';

/** A sentence in which a file's name keeps its own direction, and gives the sentence none. */
export function withName(sentence: string, name: string | undefined): ReactNode {
  const at = name ? sentence.indexOf(name) : -1;
  if (!name || at < 0) return sentence;
  return (
    <>
      {sentence.slice(0, at)}
      <bdi>{name}</bdi>
      {sentence.slice(at + name.length)}
    </>
  );
}
