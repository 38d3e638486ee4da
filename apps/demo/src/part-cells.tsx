import type { ReactNode } from 'react';
import type { Cell } from './cells.ts';

/** One cell for each part: it lights up when the part is stored, red if it had to be sent again. */
export function PartCells({ cells }: { readonly cells: readonly Cell[] }): ReactNode {
  const stored = cells.filter(({ state }) => state === 'stored').length;
  const again = cells.filter(({ sends }) => sends > 1).length;
  const says = `${stored} of ${cells.length} parts stored, ${again} sent again`;
  return (
    <figure className="parts">
      <div className="cells" role="img" aria-label={says}>
        {cells.map(({ state, sends }, index) => (
          <span key={index} className="cell" data-state={state} data-again={sends > 1 ? '' : undefined}>
            {sends > 1 && sends}
          </span>
        ))}
      </div>
      <figcaption>
        <span>{says}</span>
        <span className="legend" aria-hidden="true">
          <span className="cell" data-state="sending" /> on its way
          <span className="cell" data-state="stored" /> stored
          <span className="cell" data-state="stored" data-again="">
            2
          </span>{' '}
          times sent
        </span>
      </figcaption>
    </figure>
  );
}
